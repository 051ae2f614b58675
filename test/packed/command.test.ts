import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { run, sample, serve, show } from './run.ts';

const { both, nodes } = inject('packed');

it.each(nodes)('npx watchprint serves, imports and stops, on Node $version', async ({ version, path }) => {
  const home = await mkdtemp(join(tmpdir(), 'watchprint-command-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const importing = () =>
    run('npx', ['watchprint', 'import', sample, '--profile', 'Command'], {
      cwd: both,
      node: path,
      env: { WATCHPRINT_HOME: home },
    });
  const answer = async (url: string, query: string) =>
    (
      await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
    ).json();

  const first = await serve(both, path, home);
  onTestFinished(first.sweep);
  const imported = await importing();
  expect(imported).toContain('662 rows: 662 imported');
  const page = await fetch(`${first.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('<title>Watchprint');
  // As a supervisor stops it: npx alone is told.
  first.process.kill('SIGTERM');
  await first.ended();
  expect(first.said()).toContain('Stopping');
  expect(existsSync(join(home, 'lock.json'))).toBe(false);
  await expect(fetch(first.url)).rejects.toThrow();

  const second = await serve(both, path, home);
  onTestFinished(second.sweep);
  expect(await importing()).toContain('662 there already');
  expect(await answer(second.url, '{ viewer { profiles { name } } }')).toEqual({
    data: { viewer: { profiles: [{ name: 'Command' }] } },
  });
  // As a terminal does at Ctrl-C: everything that the command started is told.
  process.kill(-(second.process.pid as number), 'SIGINT');
  await second.ended();
  expect(second.said().match(/Stopping/g)).toHaveLength(1);
  expect(existsSync(join(home, 'lock.json'))).toBe(false);
  show(`npx watchprint, Node ${version}`, `${first.said()}\n${imported}`);
});
