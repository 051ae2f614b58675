import type { SyncProgress } from '@watchprint/lake';
import { SingleBar } from 'cli-progress';
import { say } from './output.ts';

/** Shows a sync: a bar on a terminal, elsewhere a line for each thing that began or is done. */
export function showSync(isTerminal = process.stderr.isTTY === true): {
  tell: (progress: SyncProgress) => void;
  end: () => void;
} {
  const bar = isTerminal
    ? new SingleBar({ format: '{bar} {percentage}% {what}', stopOnComplete: false, stream: process.stderr })
    : null;
  let shown = '';
  let isShown = false;
  const end = () => {
    if (isShown) bar?.stop();
    isShown = false;
  };
  /** A line of its own, above the bar if there is one. */
  const line = (text: string) => {
    end();
    say(text);
  };
  return {
    end,
    tell(progress) {
      if (!isReading(progress)) {
        // On a terminal the bar of the reading stands there for it.
        if (bar === null || progress.step !== 'write') line(lineOf(progress));
        return;
      }
      const { step, file, bytes, bytesTotal } = progress;
      const what = `${verbs[step]} ${file}`;
      if (bar === null) {
        if (what !== shown) say(bytes > 0 && step === 'download' ? `${what}, from byte ${bytes}` : what);
      } else if (what !== shown || !isShown) {
        end();
        bar.start(bytesTotal ?? bytes, bytes, { what });
        isShown = true;
      } else {
        bar.update(bytes, { what: bytesTotal === null ? `${what}: ${bytes} bytes` : what });
      }
      shown = what;
    },
  };
}

type Reading = Extract<SyncProgress, { bytes: number }>;
const isReading = (progress: SyncProgress): progress is Reading => 'bytes' in progress;

const verbs = { download: 'Downloading', read: 'Reading' };

function lineOf(progress: Exclude<SyncProgress, Reading>): string {
  switch (progress.step) {
    case 'unchanged':
      return `${progress.file} has not changed`;
    case 'missing':
      return `${progress.file} is not there`;
    case 'write':
      return `Writing ${progress.file} as Parquet`;
    case 'wait':
      return `${progress.file}: ${progress.reason}; trying again in ${progress.seconds} s`;
    case 'table': {
      const rejected = progress.rowsRejected;
      const faults = rejected === 0 ? '' : `, ${rejected} ${rejected === 1 ? 'line' : 'lines'} rejected`;
      return `${progress.table}: ${progress.rows} rows${faults}`;
    }
    case 'doubt':
      return `Careful: ${progress.reason}`;
    case 'finish':
      return 'Building what rests on the tables';
    case 'swap':
      return `Swapped in ${progress.version}`;
  }
}
