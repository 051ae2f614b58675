import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@watchprint/database';
import { expect, it } from 'vitest';
import { newPostgresDatabase } from '../../../database/test/databases.ts';
import { sendUploads } from '../../test/send-uploads.ts';

// Another part of what `npm run fuzz` sends for each database; docs/import-report.md says what came of all of it.
it.each(['embedded', 'postgres'] as const)(
  'uploads of every kind are refused with a code, or imported so that their counts add up (%s)',
  async (kind) => {
    const home = await mkdtemp(join(tmpdir(), 'watchprint-uploads-'));
    const database = await openDatabase({ home, url: kind === 'embedded' ? 'memory:' : await newPostgresDatabase() });
    const { outcomes, faults } = await sendUploads(database, home, kind === 'embedded' ? 1 : 301, 300);
    expect(faults).toEqual([]);
    // Both ends are reached.
    for (const outcome of ['COMPLETED', 'FORMAT_UNKNOWN', 'ARCHIVE_BROKEN', 'DATE_ORDER_NEEDED'])
      expect(outcomes.get(outcome), outcome).toBeGreaterThan(0);
    await rm(home, { recursive: true });
  },
);
