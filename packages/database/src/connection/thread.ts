import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a module as a thread of its own, whether it is built or still TypeScript.
 * @param module `new URL('./name.ts', import.meta.url)` in the sources; in a build, the file of that name beside the caller's.
 */
export function startThread(module: URL, options: Pick<WorkerOptions, 'workerData' | 'resourceLimits'>): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(module.href.replace(/\.ts$/, '.js')), options);
  // From its sources a thread must first learn to read TypeScript: Node does not hand that down to it.
  const code = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(module.href)});
  });`;
  return new Worker(code, { ...options, eval: true, execArgv: [] });
}
