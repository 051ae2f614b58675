import { describe, expect, it } from 'vitest';
import { canBeSaidAs, soundKey, soundKeys } from './sound-key.ts';

// Names that are public: what katakana and other spellings make of them.
it.each([
  ['ロスト・イン・スペース', 'Lost in Space'],
  ['ウォーキング・デッド', 'The Walking Dead'],
  ['ブレイキング・バッド', 'Breaking Bad'],
  ['ゲーム・オブ・スローンズ', 'Game of Thrones'],
  ['フィフス・ウェイブ', 'The 5th Wave'],
  ['멘탈리스트', 'The Mentalist'],
  ['더 클리닝 레이디', 'The Cleaning Lady'],
  ['블라디미르', 'Vladimir'],
  ['Kaleidoskop', 'Kaleidoscope'],
  ['Vikingos', 'Vikings'],
])('%s sounds like %s', (one, other) => {
  expect(soundKey(one)).not.toBeNull();
  expect(soundKey(one)).toBe(soundKey(other));
});

// ㅍ is p and f, ㅈ is j and z: the second reading is the right one.
it.each([
  ['프랑켄슈타인', 'Frankenstein'],
  ['본즈', 'Bones'],
  ['나이트 에이전트', 'The Night Agent'],
])('one reading of %s sounds like %s', (hangul, name) => expect(soundKeys(hangul)).toContain(soundKey(name)));

it('reads no Hangul in more ways than can be looked up', () => {
  expect(soundKeys('프'.repeat(40)).length).toBeLessThanOrEqual(8);
  expect(soundKeys('기묘한 Stories')).toEqual([]);
  expect(soundKeys('아이')).toEqual([]);
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
    ['더 클리닝 레이디', 'The Cleaning Lady', 'Gloaming Lady'],
    ['나이트 에이전트', 'The Night Agent', 'Untied Gent'],
    ['엘리트 스쿨 로열', 'Elite School Royal', 'Elstr'],
    ['소울메이트', 'Soulmate', 'Serenity'],
    ['블라인드', 'Blind', 'Blonde'],
    ['쉐임리스', 'Shameless', 'Sum Rules'],
    ['워킹 데드', 'The Walking Dead', 'King Dodo'],
    ['ラブ・イズ・ブラインド ～外見なんて関係ない?!～', 'Love Is Blind', 'Loblnd'],
  ])('%s can be %s, and not %s', (katakana, alike, other) => {
    expect(canBeSaidAs(katakana, alike)).toBe(true);
    expect(canBeSaidAs(katakana, other)).toBe(false);
  });
});
