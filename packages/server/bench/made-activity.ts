import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Rows whose string stands for the first time, of all rows: what the activity files of the corpus have, taken together. */
const distinctShare = 0.45;
const episodesASeries = 40;
const devices = ['Smart TV', 'Phone iOS', 'Chrome PC', 'Tablet Android', 'Game console'];
const activityHeader =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';

interface MadeViewing {
  readonly title: string;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly device: string;
}

/**
 * Viewings as Netflix lists them, newest first, the same for the same arguments. Every sixth string is a film's, the others are
 * episodes of series of 40; what is no new string repeats one of the last two hundred.
 */
function* viewings(rows: number): Generator<MadeViewing> {
  const random = pseudoRandom(1);
  const recent: string[] = [];
  let strings = 0;
  // As many years as Netflix has streamed, however many rows there are.
  const step = Math.floor((17 * 365 * 86_400) / rows);
  let instant = Date.UTC(2025, 0, 1) / 1000;
  for (let row = 0; row < rows; row += 1) {
    // Errors of rounding do not add up: the share holds for any number of rows.
    const isNew = strings < Math.ceil((row + 1) * distinctShare);
    const title = isNew ? nthString(strings) : (recent[Math.floor(random() * recent.length)] as string);
    if (isNew) {
      recent[strings % 200] = title;
      strings += 1;
    }
    instant -= Math.ceil(step / 2) + Math.floor((random() * step) / 2);
    const seconds = 60 + Math.floor(random() * 3000);
    const device = devices[Math.floor(random() * devices.length)] as string;
    yield { title, startedAt: new Date(instant * 1000), seconds, device };
  }
}

/** A file such as ViewingActivity.csv. */
export function writeActivity(path: string, rows: number, profile = 'Ada'): Promise<void> {
  return write(path, activityHeader, rows, ({ title, startedAt, seconds, device }) => {
    const duration = new Date(seconds * 1000).toISOString().slice(11, 19);
    const start = startedAt.toISOString().slice(0, 19).replace('T', ' ');
    return `${profile},${start},${duration},,${title},,${device},${duration},${duration},AU (Australia)\n`;
  });
}

/** A file such as NetflixViewingHistory.csv, with the day first. */
export function writeHistory(path: string, rows: number): Promise<void> {
  return write(path, 'Title,Date\n', rows, ({ title, startedAt }) => {
    const [year, month, day] = startedAt.toISOString().slice(0, 10).split('-');
    return `"${title}","${day}/${month}/${year}"\n`;
  });
}

async function write(path: string, header: string, rows: number, line: (viewing: MadeViewing) => string) {
  const file = createWriteStream(path);
  let text = header;
  for (const viewing of viewings(rows)) {
    text += line(viewing);
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'close');
}

/** The string that stands for the so-many-th time for the first time. */
export function nthString(number: number): string {
  if (number % 6 === 0) return `The Night Ferry to Harbour ${number}`;
  const episode = number % episodesASeries;
  const series = Math.floor(number / episodesASeries);
  const season = 1 + Math.floor(episode / 10);
  return `Lanterns of District ${series}: Season ${season}: The Tide of Number ${episode} (Episode ${1 + (episode % 10)})`;
}

/** Mulberry32 (Tommy Ettinger, 2017): small, and the same on every machine. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
