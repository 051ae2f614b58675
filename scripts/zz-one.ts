import { openCatalogue } from '@watchprint/lake';
import { matchTitles } from '@watchprint/engine';
import { syncCorpusCatalogue } from './match-report.ts';
import { existsSync } from 'node:fs';
if (!existsSync('/tmp/zzhome/lake')) await syncCorpusCatalogue('/tmp/zzhome', '/work/shared/corpus');
const c = await openCatalogue('/tmp/zzhome/lake');
if (!c) throw 1;
const [, , ...a] = process.argv;
const corrections = new Map<string, {workId: string|null; episodeId: string|null}>();
const strings: {rawTitle: string; watchedYear: number|null; longestSeconds: null}[] = [];
for (const one of a) { const [t, id, e] = one.split('=>'); strings.push({rawTitle: t!.trim(), watchedYear: 2023, longestSeconds: null}); if (id) corrections.set(t!.trim(), {workId: id.trim(), episodeId: e?.trim() ?? null}); }
for (const [, m] of await matchTitles(strings, c, { corrections })) console.log(m.rawTitle, '|', m.status, m.confidence?.toFixed(3), m.work?.id, m.work?.name, m.work?.year, m.episode?.id, m.episode?.name, '| read', JSON.stringify(m.reading), '|', m.candidates.map((x) => `${x.work.id} ${x.work.name} ${x.work.year} v${x.work.voteCount} ${x.confidence.toFixed(3)}`).join('; '));
await c.close();
