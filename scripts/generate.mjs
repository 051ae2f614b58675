// Makes the generated code: Prisma's client, Pothos' types and the recommender's kernel. Needs no download beyond the npm registry.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const prisma = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url));

// `prisma generate` insists on a schema engine that it does not run; any executable satisfies it, and nothing is fetched.
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  env: {
    ...process.env,
    // The Pothos generator is found by name.
    PATH: `${fileURLToPath(new URL('../node_modules/.bin', import.meta.url))}${delimiter}${process.env.PATH}`,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
  },
  stdio: ['ignore', process.env.CI ? 'inherit' : 'ignore', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);

// The inverse of a matrix, as WebAssembly in a module, so that it goes wherever the engine is bundled.
const source = 'packages/engine/assembly/inverse.ts';
const kernel = 'packages/engine/src/recommend/shared/generated/';
let compiled;
const { error, stderr } = await asc.main(
  [
    source,
    '--outFile',
    'inverse.wasm',
    '--baseDir',
    root,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--enable',
    'simd',
  ],
  {
    writeFile: (_name, contents) => {
      compiled = contents;
    },
  },
);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
await mkdir(new URL(`../${kernel}`, import.meta.url), { recursive: true });
await writeFile(
  new URL(`../${kernel}inverse-kernel.ts`, import.meta.url),
  `// Compiled from ${source} by scripts/generate.mjs.\nexport const inverseKernel =\n  '${Buffer.from(compiled).toString('base64')}';\n`,
);
