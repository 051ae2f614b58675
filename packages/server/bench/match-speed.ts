/**
 * How fast many strings are matched with a made-up catalogue of any size, how much memory and disk that takes, and how right it is.
 *   npm run bench:match -- [--titles 120000,1200000,12000000] [--strings 100000] [--keep DIR]
 * Each step runs in a process of its own, whose peak memory is its own. --keep: where the made-up files and the lake go, to be
 * used again; without it they are removed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { catalogueKey, predictMatches } from '@watchprint/engine';
import { openCatalogue, syncWithCatalogue } from '@watchprint/lake';
import { writeMadeCatalogue } from '../../lake/bench/made-catalogue.ts';
import { madeTitles } from '../../lake/bench/made-titles.ts';

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '120000,1200000,12000000' },
    strings: { type: 'string', default: '100000' },
    keep: { type: 'string' },
    step: { type: 'string' },
    folder: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Built {
  readonly seconds: number;
  readonly memory: number;
  readonly indexBytes: number;
  readonly tableBytes: number;
}
/** Milliseconds. */
interface Looked {
  readonly opening: number;
  readonly name: number;
  readonly episodes: number;
  /** For up to six characters that a name begins with, for its last word, for all of it. */
  readonly search: { readonly begun: number; readonly lastWord: number; readonly whole: number };
  /** An episode by its id. */
  readonly episode: number;
}
interface Matched {
  readonly seconds: number;
  readonly memory: number;
  readonly wrong: number;
  readonly accepted: number;
  readonly recall: number;
  readonly abstained: number;
  readonly episodesWrong: number;
  readonly episodeRecall: number;
}

const steps = {
  async make(folder: string, titles: number) {
    const files = join(folder, 'files');
    if (!existsSync(files)) await writeMadeCatalogue(files, { titles, seed: 1 });
    return {};
  },
  async build(folder: string): Promise<Built> {
    const lake = join(folder, 'lake');
    const started = performance.now();
    await syncWithCatalogue({ lake, dataset: 'imdb', from: join(folder, 'files') });
    const version = readdirSync(join(lake, 'bulk', 'imdb')).find((name) => name.startsWith('version=')) as string;
    const path = join(lake, 'bulk', 'imdb', version);
    return {
      seconds: (performance.now() - started) / 1000,
      memory: peak(),
      indexBytes: bytesIn(join(path, 'catalogue')),
      tableBytes: bytesIn(path),
    };
  },
  async look(folder: string, titles: number): Promise<Looked> {
    const started = performance.now();
    const catalogue = await open(folder);
    const opening = performance.now() - started;
    const strings = madeTitles({ strings: 200, titles, seed: 1 }).filter(({ imdb_title_id: id }) => /^tt/.test(id));
    const median = async (ask: (place: number) => Promise<unknown>) => {
      const times: number[] = [];
      for (let place = 0; place < 50; place += 1) {
        const began = performance.now();
        await ask(place % strings.length);
        times.push(performance.now() - began);
      }
      return times.sort((one, other) => one - other)[25] as number;
    };
    const name = await median((place) =>
      catalogue.find([catalogueKey(strings[place]?.series || (strings[place]?.title ?? ''))]),
    );
    const episodes = await median((place) => catalogue.episodes([strings[place]?.imdb_title_id ?? '']));
    const names = strings.map(({ series, title }) => series || title);
    const nameAt = (place: number) => names[place] ?? '';
    const search = {
      begun: await median((place) => catalogue.search(nameAt(place).slice(0, 1 + (place % 6)))),
      lastWord: await median((place) => catalogue.search(nameAt(place).split(' ').at(-1) ?? '')),
      whole: await median((place) => catalogue.search(nameAt(place))),
    };
    const withEpisode = strings.flatMap(({ imdb_episode_id: id }) => (id.startsWith('tt') ? [id] : []));
    const episode = await median((place) => catalogue.episode(withEpisode[place % withEpisode.length] ?? ''));
    await catalogue.close();
    return { opening, name, episodes, search, episode };
  },
  async match(folder: string, titles: number): Promise<Matched> {
    const labels = madeTitles({ strings: Number(values.strings), titles, seed: 1 });
    const catalogue = await open(folder);
    const rows = labels.map(({ title, watched_on: day }) => ({
      rawTitle: title,
      watchedYear: Number(/\d{4}/.exec(day)?.[0] ?? Number.NaN) || null,
      longestSeconds: null,
    }));
    const started = performance.now();
    const predictions = await predictMatches(
      labels.map(({ title }) => title),
      rows,
      catalogue,
    );
    const seconds = (performance.now() - started) / 1000;
    await catalogue.close();
    const memory = peak();
    const levels = (['imdb_title_id', 'imdb_episode_id'] as const).map((level) => {
      let [accepted, right, inside, outside, abstained] = [0, 0, 0, 0, 0];
      for (const [place, label] of labels.entries()) {
        const [wanted, got] = [label[level], predictions[place]?.[level] ?? ''];
        if (wanted === '?' || wanted === '' || label.kind === 'series-other') continue;
        if (got !== '') accepted += 1;
        if (wanted === '-') {
          outside += 1;
          if (got === '') abstained += 1;
        } else {
          inside += 1;
          if (got === wanted) right += 1;
        }
      }
      return { accepted, wrong: 1 - right / accepted, recall: right / inside, abstained: abstained / outside };
    });
    const [title, episode] = levels as [(typeof levels)[0], (typeof levels)[0]];
    return { seconds, memory, ...title, episodesWrong: episode.wrong, episodeRecall: episode.recall };
  },
};

const peak = () => process.resourceUsage().maxRSS * 1024;
const bytesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { name }) => sum + statSync(join(folder, name)).size, 0);

async function open(folder: string) {
  const catalogue = await openCatalogue(join(folder, 'lake'));
  if (catalogue === null) throw new Error('no catalogue');
  return catalogue;
}

if (values.step !== undefined && values.folder !== undefined) {
  const step = steps[values.step as keyof typeof steps];
  const answer = await step(values.folder, Number(values.titles));
  writeFileSync(join(values.folder, `${values.step}.json`), JSON.stringify(answer));
  say(JSON.stringify(answer));
} else {
  const root = values.keep ?? mkdtempSync(join(tmpdir(), 'match-benchmark-'));
  try {
    measure(root);
  } finally {
    if (values.keep === undefined) rmSync(root, { recursive: true });
  }
}

function measure(root: string): void {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  say(
    `${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}, ${values.strings} strings\n`,
  );
  say(
    '| titles | sync and index | memory | tables, index on disk | opening; a name; a series; searches: a beginning, a word, a whole name; an episode by id | strings a second | memory | title wrong, recall, abstained | episode wrong, recall |',
  );
  say('|---|---|---|---|---|---|---|---|---|');
  for (const titles of values.titles.split(',')) {
    const folder = join(root, titles);
    mkdirSync(folder, { recursive: true });
    const run = <Answer>(step: string): Answer => {
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), '--step', step, '--folder', folder];
      const out = execFileSync(process.execPath, [...args, '--titles', titles, '--strings', values.strings], {
        encoding: 'utf8',
      });
      return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Answer;
    };
    run('make');
    const built = run<Built>('build');
    const looked = run<Looked>('look');
    const matched = run<Matched>('match');
    say(
      `| ${titles} | ${Math.round(built.seconds)} s | ${megabytes(built.memory)} | ${megabytes(built.tableBytes)}, ${megabytes(built.indexBytes)} ` +
        `| ${[looked.opening, looked.name, looked.episodes, ...Object.values(looked.search), looked.episode].map((ms) => `${Math.round(ms)} ms`).join('; ')} ` +
        `| ${Math.round(Number(values.strings) / matched.seconds)} | ${megabytes(matched.memory)} ` +
        `| ${percent(matched.wrong)}, ${percent(matched.recall)}, ${percent(matched.abstained)} | ${percent(matched.episodesWrong)}, ${percent(matched.episodeRecall)} |`,
    );
  }
}
