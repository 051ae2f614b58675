// Kills `watchprint lake sync imdb` with SIGKILL at random times while somebody reads, and looks whether what is in use is one whole
// version each time.
//   npm run crash-test:sync [-- --kills 20 --rows 300000]
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killSyncs } from '../packages/lake/test/kill-syncs.ts';
import { sources } from '../packages/server/test/server-process.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, rows: { type: 'string', default: '300000' } },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const home = await mkdtemp(join(tmpdir(), 'watchprint-sync-crash-'));
try {
  const { killed, lastMark } = await killSyncs(home, {
    kills: Number(values.kills),
    rows: Number(values.rows),
    command: sources,
    tell: ({ mark, afterMs, lastLine, wasOver, inUse, reads }) =>
      say(
        `sync ${mark}: ${wasOver ? 'was over before it could be killed' : `killed after ${afterMs} ms`}; it had said ` +
          `${JSON.stringify(lastLine)}; version ${inUse} is in use, whole; read ${reads} times meanwhile, whole`,
      ),
  });
  const really = killed.filter(({ wasOver }) => !wasOver).length;
  const left = await readdir(join(home, 'lake', 'bulk', 'imdb'));
  say(
    `${really} syncs killed while they ran; the one after them is in use (${lastMark}); left on disk: ${left.sort().join(', ')}`,
  );
} finally {
  await rm(home, { recursive: true, force: true });
}
