import { describe, expect, it } from 'vitest';
import { languageKey, partsOf, queryKey, titleKey } from './language-key.ts';

describe('a key that says its language', () => {
  it('is parted at its first colon, so titles may have colons', () => {
    expect(titleKey('en:Harbour: The Long Night')).toEqual({ language: 'en', text: 'Harbour: The Long Night' });
    expect(titleKey('zh-min-nan:Káng-kháu')).toEqual({ language: 'zh-min-nan', text: 'Káng-kháu' });
  });

  it.each(['Harbour', ':Harbour', 'EN:Harbour', 'en:', 'en: Harbour', 'en:Harbour ', 'e:Harbour', 'en_x:Harbour'])(
    'refuses %j',
    (key) => {
      expect(languageKey(key)).toBeNull();
    },
  );

  it.each(['en:A|B', 'en:A#B', 'en:A<b>', 'en:[[A]]', 'en:{{A}}', 'en::A', 'en:_A', 'en:A_'])(
    'refuses %j, which MediaWiki has in no title',
    (key) => {
      expect(titleKey(key)).toBeNull();
    },
  );

  it.each(['en:.', 'en:..', 'en:../A', 'en:A/..', 'en:A/./B'])('refuses %j, which would be another path', (key) => {
    expect(titleKey(key)).toBeNull();
  });

  it.each(['en:A\u0000', 'en:A\nB', 'en:A\u0085B', 'en:A\ud800'])(
    'refuses control characters and lone surrogates: %j',
    (key) => {
      expect(titleKey(key)).toBeNull();
      expect(queryKey(key)).toBeNull();
    },
  );

  it('takes titles with dots, and searches with what no title has', () => {
    expect(titleKey('en:...And Then It Rained')).not.toBeNull();
    expect(queryKey('en:what|ever #1')).toEqual({ language: 'en', text: 'what|ever #1' });
  });

  it('counts a title in bytes and a search in characters', () => {
    expect(titleKey(`en:${'é'.repeat(127)}`)).not.toBeNull();
    expect(titleKey(`en:${'é'.repeat(128)}`)).toBeNull();
    expect(queryKey(`en:${'é'.repeat(300)}`)).not.toBeNull();
    expect(queryKey(`en:${'é'.repeat(301)}`)).toBeNull();
  });

  it('is an error of who asks, where it is used all the same', () => {
    expect(() => partsOf('Harbour', titleKey)).toThrow(RangeError);
  });
});
