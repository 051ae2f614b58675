import { compareKey } from '../compare-key.ts';
import { catalogueKey } from './catalogue-key.ts';
import { soundKey } from './sound-key.ts';

/** Shorter words are in too many names. */
const SHORTEST_WORD = 4;

/** A word that more works have tells none of them: a catalogue files nothing under it. */
export const MOST_WORKS_OF_A_WORD = 15;

/** What a catalogue files a name's words under, for names of which only a word or two are the same in both languages. */
export function wordKeys(name: string): string[] {
  const words = new Set(compareKey(name).split(' '));
  return [...words].flatMap((word) => (word.length < SHORTEST_WORD ? [] : `#${word}`));
}

/** Keys under which a whole name is looked up: as it is written, and as it sounds. */
export function nameKeys(name: string): string[] {
  const sounds = soundKey(name);
  return sounds === null ? [catalogueKey(name)] : [catalogueKey(name), sounds];
}
