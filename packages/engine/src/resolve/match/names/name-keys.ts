import { catalogueKey } from './catalogue-key.ts';
import { soundKeys } from './sound-key.ts';

/** A word, or two together, that more works have tells none of them: a catalogue files nothing under it. */
export const MOST_WORKS_OF_A_WORD = 40;

/** Keys under which a whole name is looked up: as it is written, and as it sounds. */
export const nameKeys = (name: string): string[] => [catalogueKey(name), ...soundKeys(name)];
