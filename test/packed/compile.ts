import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from './run.ts';

/**
 * Compiles a file of a folder where the packages are installed, with their declarations checked too.
 * @param types `dom`: as a page has them; `node`: Node's and no page's.
 * @throws with what the compiler said.
 */
export async function compile(
  folder: string,
  file: string,
  resolution: 'nodenext' | 'bundler',
  types: 'dom' | 'node',
): Promise<void> {
  const lib = types === 'dom' ? ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'] : ['es2023'];
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2023',
    lib,
    module: resolution === 'nodenext' ? 'nodenext' : 'preserve',
    moduleResolution: resolution,
    types: types === 'node' ? ['node'] : [],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const project = join(folder, `tsconfig.${resolution}.${types}.json`);
  await writeFile(project, JSON.stringify({ compilerOptions, files: [file] }));
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { cwd: folder });
}
