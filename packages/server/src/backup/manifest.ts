import { z } from 'zod';

/** Grows by one whenever an older Watchprint could not restore what a newer one backs up. */
export const backupVersion = 1;

const name = z.string().regex(/^\w{1,63}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.number().int().nonnegative();

/** What a backup says of itself, in `manifest.json`, the last of its entries. */
export const manifestSchema = z.object({
  format: z.literal('watchprint-backup'),
  version: z.literal(backupVersion),
  /** RFC 3339, UTC. */
  createdAt: z.string(),
  /** What had made the tables, oldest first. */
  migrations: z.array(z.object({ name: z.string(), checksum: sha256 })),
  /** In the order in which they can be loaded; their rows are in `tables/NAME.copy`, as `COPY` writes text. */
  tables: z.array(z.object({ name, columns: z.array(name), rows: size, bytes: size, sha256 })),
  sequences: z.array(z.object({ table: name, column: name, last: z.string().regex(/^\d{1,19}$/) })),
  /** Imported files, in `originals/SHA256`. */
  originals: z.array(z.object({ sha256, bytes: size })),
  /** Imported files that imports have and the backup has not: another home keeps them, or they were lost. */
  missingOriginals: z.array(sha256),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const tablePath = (table: string): string => `tables/${table}.copy`;
export const originalPath = (hash: string): string => `originals/${hash}`;
export const manifestPath = 'manifest.json';
