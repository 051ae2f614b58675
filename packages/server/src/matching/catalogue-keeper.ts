import type { Catalogue } from '@watchprint/engine';
import { catalogueVersion, type OpenCatalogue, openCatalogue, type SearchableCatalogue } from '@watchprint/lake';
import type { Logger } from 'pino';
import { createGroupMatcher, type GroupMatcher } from './group-matcher.ts';

/** A catalogue that is open, with what is to be shown beside its answers, and how to match with it. */
export interface ServedCatalogue extends Catalogue, SearchableCatalogue {
  readonly notice: string | null;
  readonly match: GroupMatcher['match'];
}

/** Has the catalogue of a lake open for whoever asks, always in its newest state. */
export interface CatalogueKeeper {
  /** Which state there is; null where no catalogue was synced. */
  version(): Promise<string | null>;
  /** Looks whether there is another state. */
  refresh(): Promise<string | null>;
  /** Works with the catalogue, null where there is none; it stays open and as it is until the work ends. */
  use<Result>(work: (catalogue: ServedCatalogue | null) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

interface Opened {
  readonly version: string;
  readonly catalogue: Promise<OpenedCatalogue | null>;
  users: number;
  isRetired: boolean;
}

type OpenedCatalogue = ServedCatalogue & Pick<OpenCatalogue, 'close'> & Pick<GroupMatcher, 'rest'>;

async function openToServe(lake: string): Promise<OpenedCatalogue | null> {
  const catalogue = await openCatalogue(lake);
  return catalogue && { ...catalogue, ...createGroupMatcher(catalogue) };
}

export function createCatalogueKeeper(lake: string, log: Logger): CatalogueKeeper {
  let known: Promise<string | null> | null = null;
  let opened: Opened | null = null;

  /** Once nobody works with a catalogue, its thread ends; one that is retired is closed. */
  async function leaveUnused(one: Opened): Promise<void> {
    if (one.users > 0) return;
    const catalogue = await one.catalogue.catch(() => null);
    await catalogue?.rest();
    if (one.isRetired) await catalogue?.close();
  }

  async function retire(): Promise<void> {
    const last = opened;
    opened = null;
    if (last === null) return;
    last.isRetired = true;
    await leaveUnused(last);
  }

  const look = (): Promise<string | null> =>
    catalogueVersion(lake).catch((error: unknown) => {
      log.error({ err: error }, 'the catalogue cannot be read: strings stay as they are');
      return null;
    });

  const keeper: CatalogueKeeper = {
    version: () => (known ??= look()),
    refresh() {
      known = look();
      return known;
    },
    async use(work) {
      const version = await keeper.version();
      if (opened !== null && opened.version !== version) await retire();
      if (version === null) return work(null);
      const mine = opened ?? { version, catalogue: openToServe(lake), users: 0, isRetired: false };
      opened = mine;
      mine.users += 1;
      try {
        return await work(await mine.catalogue);
      } catch (error) {
        // One that cannot be opened is tried again by the next.
        if (opened === mine && (await isBroken(mine))) opened = null;
        throw error;
      } finally {
        mine.users -= 1;
        await leaveUnused(mine);
      }
    },
    close: retire,
  };
  return keeper;
}

const isBroken = ({ catalogue }: Opened): Promise<boolean> =>
  catalogue.then(
    () => false,
    () => true,
  );
