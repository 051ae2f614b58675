import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/embedded.ts'],
  format: 'esm',
  // Nothing of Node's: the plain entry runs in browsers.
  platform: 'neutral',
  target: 'es2022',
  // The paths of tsconfig.json are meant from where it lies.
  dts: { compilerOptions: { baseUrl: '../..' } },
  sourcemap: true,
  removeNodeProtocol: false,
  clean: true,
  // For generators of typed documents.
  onSuccess: () => cp('../../schema.graphql', 'dist/schema.graphql'),
});
