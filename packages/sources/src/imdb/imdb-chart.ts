import { z } from 'zod';
import { found, type Page, singlePage, UnknownLayoutError } from '../page.ts';
import { type ImdbListedTitle, listedTitle } from './listed-title.ts';
import { isRoute, pageJson } from './page-json.ts';
import { acceptEnglish } from './request-headers.ts';
import { softNumber, wholeNumber } from './soft.ts';
import { titleNode } from './title-node.ts';

export interface ImdbChartEntry extends ImdbListedTitle {
  /** 1 is the best; null where the page does not say. */
  readonly rank: number | null;
}

const entry = z.object({ currentRank: softNumber, node: titleNode });
const pageProps = z.object({ pageData: z.object({ chartTitles: z.object({ edges: z.array(z.unknown()) }) }) });

/** IMDb's 250 films that people rate best. */
export const imdbChart: Page<readonly ImdbChartEntry[]> = singlePage({
  source: 'imdb',
  kind: 'chart',
  keys: 'top',
  isKey: (key) => key === 'top',
  policy: 'robots',
  types: ['text/html'],
  request: (key, origin) => ({ url: `${origin}/chart/${key}/`, headers: acceptEnglish }),
  recognises: (body) => isRoute(body, '/chart/top'),
  read(answer) {
    const { data } = pageProps.safeParse(pageJson(answer.body).pageProps);
    if (data === undefined) throw new UnknownLayoutError('The page has no __NEXT_DATA__ with a chart');
    const entries = data.pageData.chartTitles.edges.flatMap((edge) => entryOf(edge) ?? []);
    if (entries.length === 0) throw new UnknownLayoutError('The chart has no titles in a known place');
    return found(entries);
  },
});

function entryOf(edge: unknown): ImdbChartEntry | null {
  const { data } = entry.safeParse(edge);
  const title = data === undefined ? null : listedTitle(data.node);
  return title === null ? null : { ...title, rank: wholeNumber(data?.currentRank, 1) };
}
