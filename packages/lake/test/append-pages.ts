// A process that keeps pages: FOLDER NAME COUNT. It says each key once the page is kept, and after “refused” where it was not.
import { randomBytes } from 'node:crypto';
import { createPages } from '../src/pages/pages.ts';
import { exchange } from './exchanges.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const pages = createPages(folder, { fileBytes: 20_000 });
for (let number = 0; number < Number(count); number += 1) {
  const key = `${name}-${number}`;
  const refused = await pages.append(exchange({ key, body: randomBytes(1000) })).then(
    () => '',
    ({ code }) => `refused ${code} `,
  );
  process.stdout.write(`${refused}${key}\n`);
}
await pages.close();
