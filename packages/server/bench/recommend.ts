// How well the recommender answers the corpus' tasks: npm run bench:recommend. docs/recommender.md has what came out.
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { corpus } from '../../../scripts/corpus.ts';
import { reportTask, type TaskReport, type TaskScores, together } from '../../../scripts/recommend-report.ts';

if (corpus === null) throw new Error('There is no corpus');
const folder = corpus;
const command = [fileURLToPath(new URL('../bin/watchprint.mjs', import.meta.url))];

const show = (scores: TaskScores) =>
  (['HR@10', 'NDCG@10', 'Recall@10'] as const).map((measure) => scores[measure].toFixed(3)).join(' / ');
function row(name: string, { watchprint, watched, votes, seconds }: TaskReport): void {
  const cells = [name, watchprint.users, show(watchprint), show(watched), show(votes), seconds.toFixed(0)];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

const [processor] = cpus();
process.stdout.write(
  `${cpus().length} × ${processor?.model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}; HR@10 / NDCG@10 / Recall@10\n\n`,
);
process.stdout.write('| task | asked | Watchprint | most watched | most votes | s |\n|---|---|---|---|---|---|\n');
row('last-out', await reportTask(folder, command, 'last-out'));
row('solo', await reportTask(folder, command, 'solo'));
const cuts: TaskReport[] = [];
for (const fraction of ['0.4', '0.5', '0.6', '0.7', '0.8', '0.9']) {
  const report = await reportTask(folder, command, 'time-cut', fraction);
  row(`time-cut ${fraction}`, report);
  cuts.push(report);
}
row('time-cut, together', {
  watchprint: together(cuts.map((one) => one.watchprint)),
  watched: together(cuts.map((one) => one.watched)),
  votes: together(cuts.map((one) => one.votes)),
  seconds: cuts.reduce((sum, { seconds }) => sum + seconds, 0),
});
