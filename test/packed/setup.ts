import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root, run, show } from './run.ts';

/** A Node to run what is installed with. */
export interface NodeVersion {
  readonly version: string;
  readonly path: string;
}

export interface Packed {
  /** Paths of the tarballs. */
  readonly sdk: string;
  readonly server: string;
  /** A folder with the SDK installed, and nothing else. */
  readonly alone: string;
  /** A folder with both installed. */
  readonly both: string;
  /** A copy of examples/, each installed with the tarballs. */
  readonly examples: string;
  readonly nodes: readonly NodeVersion[];
}

declare module 'vitest' {
  interface ProvidedContext {
    packed: Packed;
  }
}

/** Majors of Node to run on: the oldest that is promised, and the newest. */
const majors = process.env.NODE_MAJORS?.split(' ') ?? ['20', '26'];

/** Packs both packages and installs them as somebody else would. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'watchprint-packed-'));
  // As root, the PostgreSQL of an example runs as a user of its own, which must reach its program.
  await chmod(folder, 0o755);
  const began = performance.now();
  const names = ['sdk', 'server'].map((name) => `@watchprint/${name}`);
  const packing = ['pack', '--json', ...names.flatMap((name) => ['-w', name]), '--pack-destination', folder];
  const printed = await run('npm', packing, { cwd: root });
  const tarballs = JSON.parse(printed.slice(printed.search(/^[[{]/m))) as Record<string, PackedTarball>;
  const [sdk, server] = names.map((name) => {
    const found = Object.values(tarballs).find((tarball) => tarball.name === name);
    if (found === undefined) throw new Error(`npm pack made no ${name}`);
    show(found.filename, `${kilobytes(found.size)} packed, ${kilobytes(found.unpackedSize)} unpacked`);
    return join(folder, found.filename);
  }) as [string, string];

  const nodes: NodeVersion[] = [];
  for (const major of majors) nodes.push(await findNode(major, folder));
  const examples = join(folder, 'examples');
  await cp(join(root, 'examples'), examples, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const alone = await install(join(folder, 'alone'), [sdk]);
  const both = await install(join(folder, 'both'), [sdk, server]);
  await install(join(examples, 'node-script'), [sdk, server]);
  await install(join(examples, 'express-embed'), [sdk, server]);
  show('packed and installed', `${Math.round((performance.now() - began) / 1000)} s, in ${folder}`);
  provide('packed', { sdk, server, alone, both, examples, nodes });
  return () => rm(folder, { recursive: true, force: true });
}

interface PackedTarball {
  readonly name: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly unpackedSize: number;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Installs tarballs in place of what a folder's package.json asks the registry for. */
async function install(folder: string, tarballs: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'package.json');
  const given = JSON.parse(await readFile(path, 'utf8').catch(() => '{ "private": true, "type": "module" }'));
  await writeFile(path, JSON.stringify(given));
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], { cwd: folder });
  return folder;
}

/** This Node, or the newest of another major version, which npm brings as a package. */
async function findNode(major: string, folder: string): Promise<NodeVersion> {
  if (process.versions.node.split('.')[0] === major) return { version: process.version, path: process.execPath };
  const ask = [
    'exec',
    '--yes',
    `--package=node@${major}`,
    '--',
    'node',
    '-p',
    'process.version + " " + process.execPath',
  ];
  const [version, path] = (await run('npm', ask, { cwd: folder })).trim().split(' ') as [string, string];
  return { version, path };
}
