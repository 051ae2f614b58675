import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { syncWithCatalogue } from '../packages/lake/src/index.ts';
import type { Client } from '../packages/sdk/src/index.ts';
import { readContext, type TitlesFile } from '../packages/server/src/cli/titles-file.ts';

/** Puts the corpus's catalogue, and Netflix's own reports, into the lake of a home. */
export async function syncCorpusCatalogue(home: string, corpus: string): Promise<void> {
  const lake = join(home, 'lake');
  await syncWithCatalogue({ lake, dataset: 'imdb', from: join(corpus, 'catalogue') });
  await syncWithCatalogue({ lake, dataset: 'netflix-engagement', from: join(corpus, 'netflix', 'public-data') });
}

/** All histories of the corpus as context for titles, and why some were left out. */
export async function readCorpusContexts(
  corpus: string,
): Promise<{ readonly contexts: readonly TitlesFile[]; readonly leftOut: readonly string[] }> {
  const contexts: TitlesFile[] = [];
  const leftOut: string[] = [];
  const folder = join(corpus, 'netflix');
  for (const file of readdirSync(folder).filter((name) => /^(?:history|activity)-.*\.csv$/.test(name)))
    await readContext(join(folder, file)).then(
      (context) => contexts.push(context),
      (error: Error) => leftOut.push(error.message),
    );
  return { contexts, leftOut };
}

/** How the strings of an account were matched. */
export interface MatchReport {
  readonly line: string;
  /** Viewings by unmatched string. */
  readonly unmatched: ReadonlyMap<string, number>;
}

interface Answer {
  readonly viewer: {
    readonly matching: { readonly status: string };
    readonly profiles: readonly (Record<'matched' | 'ambiguous' | 'read', { readonly totalCount: number }> & {
      readonly unmatched: {
        readonly totalCount: number;
        readonly nodes: readonly { readonly rawTitle: string; readonly viewingCount: number }[];
      };
      readonly analytics: {
        readonly totals: { readonly viewings: number };
        readonly coverage: { readonly matched: number };
      };
    })[];
  };
}

const question = `{ viewer { matching { status } profiles {
  matched: matches(status: MATCHED, first: 1) { totalCount }
  ambiguous: matches(status: AMBIGUOUS, first: 1) { totalCount }
  read: matches(status: READ, first: 1) { totalCount }
  unmatched: matches(status: UNMATCHED, first: 100) { totalCount nodes { rawTitle viewingCount } }
  analytics { totals { viewings } coverage { matched } } } } }`;

/** Waits until everything is matched, and counts. */
export async function reportMatches(client: Client, file: string): Promise<MatchReport> {
  for (;;) {
    const { viewer } = await client.query<Answer>(question);
    const { status } = viewer.matching;
    if (status === 'FAILED' || status === 'WAITING') throw new Error(`${file}: matching is ${status}`);
    if (status !== 'COMPLETED') {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    const sum = (count: (profile: Answer['viewer']['profiles'][number]) => number) =>
      viewer.profiles.reduce((total, profile) => total + count(profile), 0);
    const counts = [
      sum(({ matched }) => matched.totalCount),
      sum(({ ambiguous }) => ambiguous.totalCount),
      sum(({ unmatched }) => unmatched.totalCount),
    ];
    const strings = counts.reduce((total, count) => total + count, 0);
    const viewings = sum(({ analytics }) => analytics.totals.viewings);
    const matched = sum(({ analytics }) => analytics.coverage.matched * analytics.totals.viewings);
    const share = (count: number, all: number) => (all === 0 ? '–' : ((100 * count) / all).toFixed(1));
    const shares = counts.map((count) => share(count, strings));
    const unmatched = new Map(
      viewer.profiles.flatMap((profile) =>
        profile.unmatched.nodes.map((node) => [node.rawTitle, node.viewingCount] as const),
      ),
    );
    return { line: `| ${file} | ${strings} | ${shares.join(' | ')} | ${share(matched, viewings)} |`, unmatched };
  }
}
