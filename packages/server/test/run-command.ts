import { execFile } from 'node:child_process';
import { inject } from 'vitest';

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly status: unknown;
  readonly out: string;
  readonly said: string;
}

/** The watchprint command as a process of its own, on embedded defaults where the settings say nothing else. */
export function runCommand(args: readonly string[], settings: NodeJS.ProcessEnv): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: '', ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [...inject('command'), ...args], { env, maxBuffer: 1e8 }, (error, out, said) =>
      resolve({ status: error?.code ?? 0, out, said }),
    );
  });
}
