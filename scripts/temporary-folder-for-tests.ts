import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// Gives each file of tests one temporary folder and removes it at the end: the databases that they make take 40 MB each.
// TMPDIR is what Node asks first on POSIX systems, TEMP on Windows; processes that tests start inherit both.
// No test reaches the internet: processes that tests start have no sources, unless they say where these are.
const before = { TMPDIR: process.env.TMPDIR, TEMP: process.env.TEMP, SOURCES: process.env.SOURCES };
const folder = mkdtempSync(join(tmpdir(), 'watchprint-'));
Object.assign(process.env, { TMPDIR: folder, TEMP: folder, SOURCES: '' });

afterAll(async () => {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  // A process of a test that failed may still write there.
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
