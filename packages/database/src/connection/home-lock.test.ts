import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HomeLockedError, homeHolder, lockHome } from './home-lock.ts';

const newHome = () => mkdtemp(join(tmpdir(), 'watchprint-lock-'));

describe('the lock on a home', () => {
  it('lets one in, and tells a second who holds it', async () => {
    const home = await newHome();
    const lock = await lockHome(home, 'first');
    await lock.announce('http://127.0.0.1:4000');
    const refused = await lockHome(home, 'second').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HomeLockedError);
    expect((refused as HomeLockedError).message).toContain(`process ${process.pid}`);
    expect((refused as HomeLockedError).message).toContain('http://127.0.0.1:4000');
    expect((refused as HomeLockedError).message).toContain('That is this process');
    await lock.release();
    expect(await homeHolder(home)).toBeNull();
    await (await lockHome(home, 'third')).release();
  });

  it('tells who has it from another machine, whose processes cannot be seen', async () => {
    const home = await newHome();
    const far = { token: 'x', pid: process.pid, host: 'far', processStart: null, command: 'watchprint', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(far));
    await expect(lockHome(home, 'second')).rejects.toThrow(
      `${home} is in use by process ${process.pid} on far (watchprint). Try again when it has ended.`,
    );
  });

  it('is taken over from a process that died', async () => {
    const home = await newHome();
    const dead = { token: 'x', pid: 2 ** 22 + 1, host: hostname(), processStart: '1', command: 'dead', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(dead));
    await (await lockHome(home, 'next')).release();
  });

  it('is taken over when another process has got the dead one’s number', async () => {
    const home = await newHome();
    const reused = { token: 'x', pid: process.pid, host: hostname(), processStart: '1', command: 'dead', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(reused));
    await (await lockHome(home, 'next')).release();
  });

  it('is taken over where a process died while it took it over', async () => {
    const home = await newHome();
    const dead = { token: 'x', pid: 2 ** 22 + 1, host: hostname(), processStart: '1', command: 'dead', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(dead));
    const turn = join(home, 'lock.takeover-x');
    await mkdir(turn);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(turn, longAgo, longAgo);
    await (await lockHome(home, 'next')).release();
  });

  it('goes to one of many that find it dead at once', async () => {
    const home = await newHome();
    const dead = { token: 'x', pid: 2 ** 22 + 1, host: hostname(), processStart: '1', command: 'dead', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(dead));
    const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => lockHome(home, `try ${index}`)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('believes a holder on another machine', async () => {
    const home = await newHome();
    const far = { token: 'x', pid: 1, host: 'elsewhere', processStart: '1', command: 'serve', url: null };
    await writeFile(join(home, 'lock.json'), JSON.stringify(far));
    await expect(lockHome(home, 'next')).rejects.toThrow('elsewhere');
  });
});
