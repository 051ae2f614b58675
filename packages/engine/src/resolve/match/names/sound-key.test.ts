import { describe, expect, it } from 'vitest';
import { canBeSaidAs, soundKey } from './sound-key.ts';

// Names that are public: what katakana and other spellings make of them.
it.each([
  ['ロスト・イン・スペース', 'Lost in Space'],
  ['ウォーキング・デッド', 'The Walking Dead'],
  ['ブレイキング・バッド', 'Breaking Bad'],
  ['ゲーム・オブ・スローンズ', 'Game of Thrones'],
  ['フィフス・ウェイブ', 'The 5th Wave'],
  ['Kaleidoskop', 'Kaleidoscope'],
  ['Vikingos', 'Vikings'],
])('%s sounds like %s', (one, other) => {
  expect(soundKey(one)).not.toBeNull();
  expect(soundKey(one)).toBe(soundKey(other));
});

it('takes what stands before a wave dash', () =>
  expect(soundKey('ラブ・イズ・ブラインド ～外見なんて関係ない?!～')).toBe(soundKey('Love Is Blind')));

it.each(['Up', '鬼滅の刃', 'Дом', ''])('has nothing for %s', (name) => expect(soundKey(name)).toBeNull());

it('tells sounds apart', () => expect(soundKey('Breaking Bad')).not.toBe(soundKey('Breaking Bed Down')));

describe('canBeSaidAs', () => {
  it.each([
    ['ハンニバル', 'Hannibal', 'Moneyball'],
    ['エリジウム', 'Elysium', 'Legion'],
    ['ロスト・イン・スペース', 'Lost in Space', 'Most in Space'],
    ['ザ・ウォッチャー', 'The Watcher', 'The Butcher'],
    ['アクアマン', 'Aquaman', 'Wicker Man'],
    ['ジョン・ウィック', 'John Wick', 'John Q'],
    ['スノーホワイト', 'Snow White', 'The Saint'],
    ['バード・ボックス', 'Bird Box', 'The Birds'],
    ['ラブ・イズ・ブラインド ～外見なんて関係ない?!～', 'Love Is Blind', 'Loblnd'],
  ])('%s can be %s, and not %s', (katakana, alike, other) => {
    expect(canBeSaidAs(katakana, alike)).toBe(true);
    expect(canBeSaidAs(katakana, other)).toBe(false);
  });
});
