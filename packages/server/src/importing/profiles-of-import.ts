import type { OpenedProfile, ProfileToOpen } from '@watchprint/database';
import { namelessProfile } from '@watchprint/database/prepare';
import { createZone, type Zone } from '@watchprint/engine';

/** Opens a profile, made where there is none. `country` is that of its first row. */
export type OpenProfile = (
  name: string,
  saidBy: ProfileToOpen['saidBy'],
  country: string | null,
) => Promise<OpenedProfile>;

export interface ProfileOfImport {
  readonly id: string;
  readonly zone: Zone;
}

const longestName = 200;
/**
 * A household has five at a time, and some more over the years. Each takes a moment to make, and other imports wait: a file that
 * names thousands is no export.
 */
const mostProfiles = 200;

/** The profiles whose rows an import has, each asked for once. */
export class ProfilesOfImport {
  readonly #open: OpenProfile;
  readonly #nameless: string;
  readonly #opened = new Map<string, ProfileOfImport>();

  /** @param nameless Whose rows they are where a history does not say. */
  constructor(open: OpenProfile, nameless: string | null) {
    this.#open = open;
    this.#nameless = nameless ?? namelessProfile;
  }

  /** @param name As a file has it; null where it does not say. */
  known(name: string | null): ProfileOfImport | undefined {
    return this.#opened.get(name ?? '');
  }

  async open(name: string | null, country: string | null): Promise<ProfileOfImport> {
    const { id, timeZone } =
      name === null ? await this.#open(this.#nameless, 'CALLER', country) : await this.#open(name, 'FILE', country);
    const profile = { id, zone: createZone(timeZone) };
    this.#opened.set(name ?? '', profile);
    return profile;
  }

  /** Why a row cannot be a profile's of that name; null where it can. */
  unfit(name: string | null): string | null {
    if (name === null || this.#opened.has(name)) return null;
    if (name.length > longestName) return `the profile's name has ${name.length} characters, over ${longestName}`;
    if (name.includes('\0')) return "the profile's name holds a NUL character";
    return this.#opened.size >= mostProfiles ? `names a profile beyond the first ${mostProfiles} of this import` : null;
  }
}
