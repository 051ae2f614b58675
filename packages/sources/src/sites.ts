import type { Page } from './page.ts';
import { sources } from './sources.ts';

/** Where each site is, by its name. `{language}` stands for the language of a key. */
export type Sites = Readonly<Record<string, string>>;

export const realSites: Sites = Object.assign({}, ...sources.map(({ sites }) => sites));

/** The origin that has a page, for these keys; without a slash at its end. */
export function originIn(sites: Sites, page: Pick<Page<unknown>, 'source' | 'kind'>, keys: readonly string[]): string {
  const source = sources.find(({ id }) => id === page.source);
  const [first] = Object.keys(source?.sites ?? {});
  const address = sites[source?.siteOfKind?.[page.kind] ?? first ?? ''];
  if (address === undefined) throw new Error(`Nobody says where ${page.source} is`);
  const [, language = 'en'] = /^([a-z][a-z0-9-]{0,30}):/.exec(keys[0] ?? '') ?? [];
  return address.replace('{language}', language).replace(/\/+$/, '');
}
