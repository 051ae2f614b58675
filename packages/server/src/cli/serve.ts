import { defineCommand } from 'citty';
import { readConfig } from '../config.ts';
import { isLoopback } from '../http/host-names.ts';
import { createServer } from '../server.ts';
import { onLeftByNpm } from './left-by-npm.ts';
import { fail, refuseUnknownOptions, say } from './output.ts';

export const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'The API, with GraphiQL at /graphql.' },
  async run({ rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, {});
      const config = readConfig(process.env);
      say(
        `Opening ${config.databaseUrl === undefined ? config.home : 'the database'}; the first start takes a few seconds …`,
      );
      const server = await createServer({ config, command: 'watchprint serve' });
      // Ready for signals before it says that it is ready.
      let isStopping = false;
      const stop = () => {
        if (isStopping) return;
        isStopping = true;
        say('Stopping …');
        server.close().then(() => process.exit(0), fail);
      };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
      onLeftByNpm(stop);
      const url = await server.listen().catch(async (error: unknown) => {
        await server.close();
        throw error;
      });
      say(`Watchprint is at ${url}/graphql`);
      say('To import a history:  npx watchprint import NetflixViewingHistory.csv');
      if (config.sourceContact === undefined && config.sources.includes('wikidata'))
        say(
          'Wikidata and Wikipedia are not asked: set SOURCE_CONTACT to a mail address or page of yours, which sites are told.',
        );
      if (config.auth === 'tokens') say('To let somebody in:    npx watchprint token create --account NAME');
      if (!isLoopback(config.host) && config.allowedHosts.length === 0)
        say(
          'Requests that call this server by another name than localhost are refused: set ALLOWED_HOSTS to its names.',
        );
    } catch (error) {
      fail(error);
    }
  },
});
