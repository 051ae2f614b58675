import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'tsup';

export default defineConfig(({ outDir = 'dist' }) => ({
  // All beside one another: a thread is started as the file of its name beside the caller's.
  entry: {
    index: 'src/index.ts',
    command: 'src/cli/main.ts',
    'preparing-thread': 'src/importing/preparing-thread.ts',
    'matching-thread': 'src/matching/matching-thread.ts',
    'pglite-thread': '../database/src/connection/pglite-thread.ts',
  },
  format: 'esm',
  target: 'node20',
  // The private packages, from their sources, and for the command the SDK's plain entry (docs/decisions/0010).
  noExternal: [/^@watchprint\//],
  // Anything else is installed; without this, a package that package.json does not name would be bundled unseen.
  skipNodeModulesBundle: true,
  // The paths of tsconfig.json are meant from where it lies.
  dts: { entry: 'src/index.ts', compilerOptions: { stripInternal: true, baseUrl: '../..' } },
  metafile: true,
  removeNodeProtocol: false,
  clean: true,
  onSuccess: () => cp('../../prisma/migrations', join(outDir, 'migrations'), { recursive: true }),
}));
