import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { publint } from 'publint';
import { describe, expect, inject, it } from 'vitest';
import { root, run } from './run.ts';

const packed = inject('packed');

async function json(...path: string[]) {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

describe.each(['sdk', 'server'] as const)('the tarball of %s', (name) => {
  it('has nothing that publint complains of', async () => {
    const tarball = new Uint8Array(await readFile(packed[name])).buffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages).toEqual([]);
  });

  it('gives types to whoever asks as ES modules do (attw)', async () => {
    await run(join(root, 'node_modules/.bin/attw'), [packed[name], '--profile', 'esm-only'], { cwd: root });
  });

  it('brings a licence, a page to read and a changelog, and no sources of ours', async () => {
    const files = (await run('tar', ['tzf', packed[name]], { cwd: root })).trim().split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md'].map((file) => `package/${file}`)),
    );
    expect(files.filter((file) => /(?<!\.d)\.ts$|test|metafile|report|^package\/src/.test(file))).toEqual([]);
  });

  it('says nowhere where it was built', async () => {
    const text = await run('tar', ['xzOf', packed[name]], { cwd: root });
    expect(text.length).toBeGreaterThan(10_000);
    for (const place of [root, homedir(), tmpdir()])
      expect(text.split('\n').filter((line) => line.includes(place.replace(/\/$/, '') + sep))).toEqual([]);
  });
});

describe('what the server installs', () => {
  const nameOf = (path: string) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

  it('is exactly what its bundle imports', async () => {
    const { outputs } = await json(root, 'packages/server/dist/metafile-esm.json');
    const imported = new Set<string>();
    for (const { imports } of Object.values(outputs) as { imports: { path: string; external?: boolean }[] }[])
      for (const { path, external } of imports)
        if (external && !path.startsWith('node:') && !builtinModules.includes(path)) imported.add(nameOf(path));
    const { dependencies } = await json(packed.both, 'node_modules/@watchprint/server/package.json');
    expect(Object.keys(dependencies)).toEqual([...imported].sort());
  });

  it('has no code of others in its bundle, whose licence would have to come along', async () => {
    const { inputs } = await json(root, 'packages/server/dist/metafile-esm.json');
    expect(Object.keys(inputs).length).toBeGreaterThan(100);
    expect(Object.keys(inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('is in the ranges that the bundled packages ask for', async () => {
    const { dependencies } = await json(root, 'packages/server/package.json');
    for (const name of ['database', 'engine', 'lake']) {
      const bundled = await json(root, 'packages', name, 'package.json');
      for (const [dependency, range] of Object.entries(bundled.dependencies ?? {}))
        if (dependency in dependencies)
          expect({ [dependency]: dependencies[dependency] }).toEqual({ [dependency]: range });
    }
  });

  it('has the Prisma runtime that the generated client was made for', async () => {
    const generated = await readFile(join(root, 'packages/database/src/generated/prisma/internal/class.ts'), 'utf8');
    const [, version] = /"clientVersion": "([^"]+)"/.exec(generated) ?? [];
    const { dependencies } = await json(packed.both, 'node_modules/@watchprint/server/package.json');
    expect(dependencies['@prisma/client']).toBe(version);
    expect(dependencies['@prisma/adapter-pg']).toBe(version);
  });
});
