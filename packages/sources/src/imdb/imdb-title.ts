import type { ImdbTitlePage } from '@watchprint/engine';
import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Page, singlePage, UnknownLayoutError } from '../page.ts';
import { checkTitle, isImdbId } from './imdb-id.ts';
import { isRoute, pageJson } from './page-json.ts';
import { acceptEnglish } from './request-headers.ts';
import { soft, softText } from './soft.ts';
import { isCountry, titleFacts } from './title-facts.ts';
import { titleInJsonLd } from './title-json-ld.ts';
import { titleNode } from './title-node.ts';

const pageProps = z.object({
  aboveTheFoldData: titleNode,
  mainColumnData: soft(titleNode),
  requestContext: soft(
    z.object({ sidecar: soft(z.object({ localizationResponse: soft(z.object({ userCountryCode: softText })) })) }),
  ),
});

/**
 * IMDb's page of a title, `/reference` too, as Next.js renders it since 2021; JSON-LD where that cannot be read. The
 * microdata of before is not read.
 */
export const imdbTitle: Page<ImdbTitlePage> = singlePage({
  source: 'imdb',
  kind: 'title',
  keys: 'IMDb id (tt0133093)',
  isKey: isImdbId,
  keysIn: ({ pathname }) => /\/title\/(tt\d+)/.exec(pathname)?.slice(1) ?? [],
  policy: 'robots',
  types: ['text/html'],
  request: (key, origin) => ({ url: `${origin}/title/${key}/`, headers: acceptEnglish }),
  recognises: (body) => isRoute(body, '/title/[tconst]', '/title/[tconst]/reference'),
  read(answer, key) {
    const json = pageJson(answer.body);
    const facts = titleInNextData(json.pageProps) ?? titleInJsonLd(json.jsonLd());
    if (facts === null) throw new UnknownLayoutError('Neither __NEXT_DATA__ nor JSON-LD of the page has a title');
    checkTitle(facts.imdbId, key, answer.url);
    return found(facts);
  },
});

function titleInNextData(props: unknown): ImdbTitlePage | null {
  const { data } = pageProps.safeParse(props);
  const name = tidy(data?.aboveTheFoldData.titleText?.text);
  if (data?.aboveTheFoldData.id == null || name === null) return null;
  const { aboveTheFoldData, mainColumnData, requestContext } = data;
  const country = requestContext?.sidecar?.localizationResponse?.userCountryCode ?? '';
  return titleFacts(
    data.aboveTheFoldData.id,
    name,
    mainColumnData == null ? [aboveTheFoldData] : [aboveTheFoldData, mainColumnData],
    isCountry(country) ? country : null,
  );
}
