import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root, run, show } from './run.ts';

const { examples, nodes } = inject('packed');

describe.each(nodes)('on Node $version', ({ version, path }) => {
  it.each(['node-script', 'express-embed'])('examples/%s passes its tests', async (name) => {
    const printed = await run(path, ['--test', '--test-reporter=tap'], { cwd: join(examples, name), node: path });
    const told = printed
      .split('\n')
      .filter((line) => /^(not )?ok|^# (?!Subtest|suites|cancelled|skipped|todo)/.test(line));
    show(`examples/${name}, Node ${version}`, told.join('\n'));
    expect(printed).toMatch(/^# pass [1-9]/m);
    expect(printed).toMatch(/^# fail 0$/m);
  });
});

it('what the READMEs show stands in the examples, line by line', async () => {
  const code: string[] = [];
  for (const folder of ['node-script', 'express-embed'])
    for (const file of await readdir(join(root, 'examples', folder)))
      if (file.endsWith('.mjs')) code.push(await readFile(join(root, 'examples', folder, file), 'utf8'));
  const lines = new Set(
    code
      .join('\n')
      .split('\n')
      .map((line) => line.trim()),
  );
  for (const name of ['sdk', 'server']) {
    const page = await readFile(join(root, 'packages', name, 'README.md'), 'utf8');
    const blocks = [...page.matchAll(/^```(?:js|ts)\n(.*?)^```/gms)].map(([, block]) => block ?? '');
    if (name === 'sdk') expect(blocks.length).toBeGreaterThan(1);
    for (const line of blocks.join('').split('\n')) if (line.trim() !== '') expect([...lines]).toContain(line.trim());
  }
});
