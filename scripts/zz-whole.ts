import { readFileSync } from 'node:fs';
import { openCatalogue } from '@watchprint/lake';
import { catalogueKey } from '../packages/engine/src/resolve/match/catalogue-key.ts';
const c = await openCatalogue('/tmp/zzhome/lake');
if (!c) throw 1;
const d = JSON.parse(readFileSync('/tmp/base.json','utf8')) as any[];
const un = [...new Set(d.filter((x) => x.s === 'UNMATCHED' || x.s === 'AMBIGUOUS').map((x) => x.t as string))];
const found = await c.find(un.map(catalogueKey));
let n = 0;
for (const t of un) {
  const s = (found.get(catalogueKey(t)) ?? []).filter((x) => x.work.kind === 'SERIES' && x.nameKind !== 'HEAD' && x.nameKind !== 'SOUND');
  if (s.length) { n++; const x = d.find((y) => y.t === t); console.log(t, '|', x.s, x.cs?.[0]?.slice(0,2), x.c?.toFixed?.(2), '|', s.slice(0, 2).map((y) => `${y.nameKind} ${y.work.id} ${y.work.name} ${y.work.year} v${y.work.voteCount}`).join('; ')); }
}
console.log(n, un.length);
await c.close();
