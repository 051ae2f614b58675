import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { compile } from './compile.ts';
import { root, run, sample, show } from './run.ts';

const { both, nodes } = inject('packed');
beforeAll(() => cp(join(root, 'test/packed/programs'), both, { recursive: true }));

it.each(nodes)(
  'the embedded client imports, ends and still has it all, on Node $version',
  async ({ version, path }) => {
    const home = await mkdtemp(join(tmpdir(), 'watchprint-embedded-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const program = join(both, 'embedded.mjs');
    const first = await run(path, [program, home, sample], { cwd: both, node: path });
    const again = await run(path, [program, home], { cwd: both, node: path });
    show(`the embedded client, Node ${version}`, `${first}started again:\n${again}`);
    expect(first.split('\n')[0]).toBe('imported 662, rejected 0');
    expect(again).toMatch(/^Embedded: 662 viewings, most of \S/);
    expect(first.split('\n').slice(1)).toEqual(again.split('\n'));
  },
);

it.each(['nodenext', 'bundler'] as const)('its types are whole under moduleResolution %s', async (resolution) => {
  await compile(both, 'embedded-types.ts', resolution, 'node');
});
