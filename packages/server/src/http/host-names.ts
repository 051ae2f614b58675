import { isIP } from 'node:net';

/** Whether an address or name is this machine's own, which no other can reach. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Names that a server answers to whatever it is bound to. */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Addresses that stand for all of a machine's: no client asks for one. */
const wildcards = ['0.0.0.0', '::', '[::]'];

/** The host names, as a Host header has them, that are this server's. */
export function namesOf(host: string, allowedHosts: readonly string[]): ReadonlySet<string> {
  const own = wildcards.includes(host) ? [] : [isIP(host) === 6 ? `[${host}]` : host.toLowerCase()];
  return new Set([...loopbackNames, ...own, ...allowedHosts]);
}
