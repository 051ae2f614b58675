import express from 'express';

/**
 * The app: its people sign in with their key, send their history and see their figures.
 * @param users from users.mjs
 * @param watchprint what createEmbeddedClient gave
 */
export function createApp(users, watchprint) {
  const app = express();

  app.post('/users', express.json(), async (request, response) => {
    const { name } = request.body ?? {};
    if (typeof name !== 'string' || name.trim() === '') return response.status(400).json({ error: 'name is missing' });
    response.status(201).json(await users.add(name.trim()));
  });

  app.use(async (request, response, next) => {
    const [, key] = /^Bearer (.+)$/.exec(request.get('authorization') ?? '') ?? [];
    const user = key && (await users.withKey(key));
    if (!user) return response.status(401).json({ error: 'Sign in with your key' });
    response.locals.user = user;
    // Each user has an account of their own. The name comes from our table, never from the request.
    response.locals.history = watchprint.as(`user-${user.id}`);
    next();
  });

  // The body is the file, and goes on as it comes: it is never in memory as a whole.
  app.post('/history', async (request, response) => {
    const { user, history } = response.locals;
    const { rowsImported, rowsDuplicate, rowsRejected } = await history.importHistory(request, {
      fileName: 'history.csv',
      profileName: user.name,
    });
    response.json({ rowsImported, rowsDuplicate, rowsRejected });
  });

  app.get('/figures', async (_request, response) => {
    const { history } = response.locals;
    const figures = {};
    for (const { id, name } of await history.profiles()) {
      const { totals, top } = await history.analytics(id, { dimension: 'SERIES', first: 5 });
      figures[name] = {
        viewings: totals.viewings,
        days: totals.activeDays,
        favourites: top.items.map((item) => item.label),
      };
    }
    response.json(figures);
  });

  // What Watchprint throws has a code. The person can mend a file that was refused; anything else is ours.
  app.use((error, _request, response, _next) => {
    const isTheirs = error.name === 'RefusedError' || error.name === 'ImportFailedError';
    if (!isTheirs) console.error(error);
    response
      .status(isTheirs ? 400 : 500)
      .json({ error: isTheirs ? error.message : 'Something failed', code: error.code });
  });

  return app;
}
