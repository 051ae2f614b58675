import { openCatalogue } from '@watchprint/lake';
import { matchTitles } from '@watchprint/engine';
const c = await openCatalogue('/tmp/zzhome/lake');
if (!c) throw 1;
await matchTitles(process.argv.slice(2).map((rawTitle) => ({ rawTitle, watchedYear: 2023, longestSeconds: null })), c, { observe: (t, ch) => { console.log(t, ch.series?.name.name); for (const x of ch.candidates.slice(0, 5)) console.log('  ', x.work.id, x.work.name, x.closeness, x.found?.name, x.found?.nameKind, x.logit.toFixed(2), JSON.stringify(Object.fromEntries(Object.entries(x.features).filter(([, v]) => v)))); } });
await c.close();
