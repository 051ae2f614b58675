import { readSources, type SqlConnection, seedSources, sourcesChannel } from '@watchprint/database';
import { type FactKind, sourceIds, sourceOf } from '@watchprint/sources';
import type { Logger } from 'pino';

/** Why a source is not asked. */
export interface Disabled {
  readonly code: 'SWITCHED_OFF' | 'CONTACT_MISSING';
  readonly message: string;
}

/** Which sources may be asked, and how often; the same in all processes with one database. */
export interface SourceSwitches {
  /** Null: it may be asked. */
  disabled(source: string): Disabled | null;
  /** The same of a kind of facts, with the source that it is found by. */
  disabledKind(kind: Pick<FactKind<unknown>, 'source' | 'needsItem'>): Disabled | null;
  /** Somebody switched it off, or it never was on; whether a setting is lacking is another question. */
  isOn(source: string): boolean;
  /** Between two requests to one of its hosts, in milliseconds. */
  gapMs(source: string): number;
  /** Looks again. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Between two requests to a source's hosts, where nobody changed it while running. */
export const usualGapMs = (source: string, given: Readonly<Record<string, number>>): number =>
  given[source] ?? sourceOf(source).gapMs;

/** Why a source is not asked that wants to know who asks; null: it may be. */
export const contactMissing = (source: string, contact: string | undefined): Disabled | null =>
  sourceOf(source).needsContact && contact === undefined
    ? {
        code: 'CONTACT_MISSING',
        message: `${source} asks who runs this copy: set SOURCE_CONTACT to a mail address or page of yours, and it is read.`,
      }
    : null;

export async function createSourceSwitches(
  sql: SqlConnection,
  given: {
    readonly sources: readonly string[];
    readonly sourceGaps: Readonly<Record<string, number>>;
    readonly sourceContact: string | undefined;
  },
  log: Pick<Logger, 'warn'>,
  onChange: () => void,
): Promise<SourceSwitches> {
  let rows = new Map<string, { readonly enabled: boolean; readonly gapMs: number | null }>();
  async function refresh(): Promise<void> {
    rows = new Map((await readSources(sql)).map((row) => [row.name, row]));
    onChange();
  }
  await refresh();
  const missing = sourceIds.filter((name) => !rows.has(name));
  // A database that cannot take them now takes them at the next start; until then what is configured counts.
  if (missing.length > 0)
    await seedSources(
      sql,
      missing.map((name) => ({ name, enabled: given.sources.includes(name) })),
    )
      .then(refresh)
      .catch((error: unknown) => log.warn({ err: error }, 'which sources are on could not be kept'));
  const stopListening = await sql.listen(sourcesChannel, () => void refresh().catch(() => {}));

  const isOn = (source: string) => rows.get(source)?.enabled ?? given.sources.includes(source);
  const disabled = (source: string): Disabled | null => {
    if (!isOn(source)) return { code: 'SWITCHED_OFF', message: `The source ${source} is switched off.` };
    return contactMissing(source, given.sourceContact);
  };
  return {
    isOn,
    disabled,
    disabledKind({ source, needsItem }) {
      const own = disabled(source);
      if (own !== null || !needsItem) return own;
      const item = disabled('wikidata');
      return item && { ...item, message: `${source} is found by way of Wikidata. ${item.message}` };
    },
    gapMs: (source) => rows.get(source)?.gapMs ?? usualGapMs(source, given.sourceGaps),
    refresh,
    close: stopListening,
  };
}
