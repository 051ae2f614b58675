import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { watchSpeed } from './slow-peers.ts';

let http: Server | undefined;
afterEach(() => {
  http?.closeAllConnections();
  http?.close();
});

/** A server that reads a body to its end, then answers with so many bytes. */
async function open(bytes: number, bytesPerSecond: number): Promise<number> {
  http = createServer((request, response) => {
    watchSpeed({ bytesPerSecond, mostBytes: 1_000_000, graceMs: 300 }, request, response);
    request.resume().once('end', () => response.end(Buffer.alloc(bytes)));
    request.on('error', () => {});
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return (http.address() as AddressInfo).port;
}

const begin = (port: number, length: number): Socket => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  return socket;
};

it('ends a request that comes a byte now and then, saying why', async () => {
  const socket = begin(await open(0, 1000), 1000);
  const dripping = setInterval(() => socket.write('x'), 50);
  const chunks: Uint8Array[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  clearInterval(dripping);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 408 [\s\S]*REQUEST_TIMEOUT/);
});

it('leaves one alone that comes as fast as it has to', async () => {
  const socket = begin(await open(0, 1000), 12_000);
  let sent = 0;
  const sending = setInterval(() => {
    socket.write('x'.repeat(500));
    sent += 500;
    if (sent === 12_000) clearInterval(sending);
  }, 100);
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

it('ends a request that has no end, however fast it comes', async () => {
  const socket = begin(await open(0, 1000), 1_000_000_000);
  const sending = setInterval(() => socket.write('x'.repeat(100_000)), 10);
  const chunks: Uint8Array[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  clearInterval(sending);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 413 [\s\S]*PAYLOAD_TOO_LARGE/);
});

it('ends a connection whose client does not take its answer', async () => {
  const socket = begin(await open(50_000_000, 1_000_000), 0);
  await once(socket, 'readable');
  // Nothing is read: the answer fills what the system holds for it, and stays.
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      http?.getConnections((_error, count) => {
        if (count > 0) return;
        clearInterval(look);
        resolve();
      });
    }, 50);
  });
  socket.destroy();
});
