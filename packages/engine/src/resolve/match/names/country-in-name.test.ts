import { expect, it } from 'vitest';
import { countryBehind } from './country-in-name.ts';

it('knows a country behind a name in many languages', () => {
  for (const name of [
    'Harbour: Germany',
    'Harbour: Allemagne',
    'Harbour - Alemania',
    'Hafen: Deutschland',
    '港: ドイツ',
  ])
    expect([name, countryBehind(name)]).toEqual([name, 'DE']);
  for (const name of ['Harbour: UK', 'Harbour: U.K.', 'Harbour – Reino Unido', 'Harbour: Royaume-Uni'])
    expect([name, countryBehind(name)]).toEqual([name, 'GB']);
});

it('knows none where none stands behind a colon or a dash', () => {
  for (const name of ['Germany', 'Harbour', 'Harbour: Low Water', 'Lost in Germany', 'Harbour: Germany: Low Water', ''])
    expect([name, countryBehind(name)]).toEqual([name, null]);
});
