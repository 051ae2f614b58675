import { describe, expect, it } from 'vitest';
import { supplementalTitle } from './supplemental-title.ts';

describe('supplementalTitle', () => {
  it.each([
    ['Harbour Lights_hook_primary_16x9', 'hook_primary_16x9'],
    ['Harbour Lights: Season 2 (Trailer)', 'Trailer'],
    ['Harbour Lights (Fragman 2)', 'Fragman 2'],
    ['Trailer: Harbour Lights', 'Trailer'],
    ['Season 2 Trailer: Harbour Lights', 'Season 2 Trailer'],
    ['Temporada 1 (Resumo): Harbour Lights', 'Temporada 1 (Resumo)'],
    ['1. Sezon (Kısa Video): Harbour Lights', '1. Sezon (Kısa Video)'],
    ['Main Character Intro Clip 2: Harbour Lights', 'Main Character Intro Clip 2'],
    ['Harbour Lights: Season 1: Clip 5: Informative', 'Clip 5'],
    ['Harbour Lights: Season 1 - Clip 3', 'Season 1 - Clip 3'],
    ['Harbour Lights: Season 2 (CEE Asset 6)', '(CEE Asset'],
    ['2. Sezon Fragmanı: Harbour: Lights', '2. Sezon Fragmanı'],
    ['Upoutávka na 2. řadu: Harbour Lights', 'Upoutávka na 2. řadu'],
    ['Zwiastun sezonu 2: Harbour Lights', 'Zwiastun sezonu 2'],
    ['Harbour Lights: Trailer zu Staffel 2', 'Trailer zu Staffel 2'],
    ['Harbour Lights: Tráiler de la temporada 4', 'Tráiler de la temporada 4'],
    ['シーズン2 予告編: 港の灯', 'シーズン2 予告編'],
    ['Bande-annonce : Harbour Lights', 'Bande-annonce'],
  ])('names the words that tell it in “%s”', (title, words) => {
    expect(supplementalTitle(title)).toBe(words);
  });

  it.each([
    'Trailer Park Boys: Season 1: Take Your Little Gun and Get Out of My Trailer Park',
    'Off the Hook: Season 1: Pilot',
    'Hook',
    'Harbour Lights: Season 1: The Clip Show (Episode 4)',
    'Harbour Lights: Season 1: Trailer (Episode 4)',
    'Harbour Lights SAC_2045: Season 1: First Light',
    'Shiny_Lights: The Last Harbour',
    '',
  ])('takes “%s” for a work', (title) => {
    expect(supplementalTitle(title)).toBeNull();
  });
});
