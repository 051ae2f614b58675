import { writeFileSync } from 'node:fs';
import { openCatalogue } from '@watchprint/lake';
import { matchTitles } from '@watchprint/engine';
import { readCorpusContexts } from './match-report.ts';
const c = await openCatalogue('/tmp/zzhome/lake');
if (!c) throw 1;
const { contexts } = await readCorpusContexts('/work/shared/corpus');
const out: unknown[] = [];
let n = 0;
for (const { strings } of contexts) {
  const read = new Map<string, string>();
  for (const [, m] of await matchTitles(strings, c)) {
    const s = strings.find((x) => x.rawTitle === m.rawTitle);
    out.push({ f: n, t: m.rawTitle, s: m.status, c: m.confidence, w: m.work?.id ?? null, n: m.work?.name ?? null, k: m.work?.kind ?? null, y: m.work?.year ?? null, v: m.work?.voteCount ?? null, e: m.episode?.id ?? null, r: m.reading.kind, wy: s?.watchedYear, ls: s?.longestSeconds, ev: m.evidence, cs: m.candidates.map((x) => [x.work.id, x.work.name, x.work.year, x.work.voteCount, x.confidence]) });
  }
  n++;
}
writeFileSync(process.argv[2]!, JSON.stringify(out));
await c.close();
