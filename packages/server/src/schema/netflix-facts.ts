import {
  type AvailabilityEvidence,
  availability,
  type JustWatchOffers,
  type NetflixTitlePage,
  type WikidataItem,
} from '@watchprint/engine';
import { justWatchFacts, netflixTitleFacts, wikidataItemFacts } from '@watchprint/sources';
import { badInput } from '../bad-input.ts';
import { factsIn } from '../enriching/facts-in.ts';
import { enrichedTitle } from '../enriching/title-subjects.ts';
import { builder } from './builder.ts';
import { selectedFields } from './selected-fields.ts';
import { Title } from './title.ts';

interface NetflixFactsShape {
  readonly region: string;
  readonly evidence: AvailabilityEvidence | null;
  readonly page: NetflixTitlePage | null;
  readonly weeksInTop10: number | null;
  readonly netflixId: string | null;
  readonly fetchedAt: Date;
}

const AvailabilityEvidenceKind = builder.enumType('AvailabilityEvidence', {
  values: {
    TOP10: { description: 'A week in the region’s Top 10.' },
    VIEWING: { description: 'A viewing of the account there.' },
    NETFLIX_PAGE: { description: 'Netflix’s own page of the title for the region.' },
    JUSTWATCH: { description: 'JustWatch’s offers in the country.' },
  } as const,
});

const NetflixFacts = builder.objectRef<NetflixFactsShape>('NetflixFacts').implement({
  fields: (t) => ({
    region: t.exposeString('region', { description: 'ISO 3166-1 alpha-2.' }),
    available: t.boolean({
      nullable: true,
      description: 'On `availableAsOf`. Null: not known; never guessed from another region.',
      resolve: ({ evidence }) => evidence?.available ?? null,
    }),
    availableAsOf: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day of the evidence for it: a page read, a week in the Top 10, a viewing there.',
      resolve: ({ evidence }) => evidence && Math.floor(Date.parse(evidence.day) / millisecondsADay),
    }),
    availabilityEvidence: t.field({
      type: AvailabilityEvidenceKind,
      nullable: true,
      resolve: ({ evidence }) => evidence?.what ?? null,
    }),
    synopsis: t.string({ nullable: true, resolve: ({ page }) => page?.synopsis ?? null }),
    maturityRating: t.string({ nullable: true, resolve: ({ page }) => page?.maturityRating ?? null }),
    genres: t.stringList({ nullable: true, resolve: ({ page }) => (page?.genres ? [...page.genres] : null) }),
    weeksInTop10: t.exposeInt('weeksInTop10', {
      nullable: true,
      description: 'Weeks in this region’s Top 10, from Netflix’s published lists. Null: no list covers it.',
    }),
    url: t.string({
      nullable: true,
      description: 'Null where its Netflix id is not known.',
      resolve: ({ netflixId, region }) =>
        netflixId && `https://www.netflix.com/${region.toLowerCase()}/title/${netflixId}`,
    }),
    fetchedAt: t.expose('fetchedAt', { type: 'DateTime' }),
  }),
});

/** @throws a GraphQL error with code BAD_USER_INPUT */
export function requireRegion(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw badInput('region must be an ISO 3166-1 alpha-2 code such as AU.');
  return text;
}

/** What the id of Netflix is needed for: without these Wikidata is not asked. */
const byId = ['url', 'synopsis', 'maturityRating', 'genres'];

builder.prismaInterfaceField(Title, 'netflix', (t) =>
  t.field({
    type: NetflixFacts,
    nullable: true,
    description:
      'In a region, the server’s own unless it is given: of the film or series, which serves its seasons and episodes; a season’s weeks in the Top 10 are its own.',
    args: { region: t.arg.string({ description: 'ISO 3166-1 alpha-2.' }) },
    select: enrichedTitle,
    resolve: async (title, { region: given }, { facts, region: usual, enricher }, info) => {
      const region = given == null ? usual : requireRegion(given);
      const { whole } = await facts.subjects(title);
      if (whole === null) return null;
      const { imdbId } = whole.subject;
      const asked = { ...whole, subject: { ...whole.subject, region } };
      const wholeId = (title.catalogueSeries ?? title.series)?.id ?? title.id;
      const fields = selectedFields(info);
      const readsPages = enricher.switches.disabledKind(netflixTitleFacts) === null;
      const readsOffers = enricher.switches.disabledKind(justWatchFacts) === null;
      const stored = (kind: string, subject: string) => facts.stored.load({ kind, subject });
      const [lists, viewedOn, item, page, offers] = await Promise.all([
        facts.top10(region),
        facts.lastViewedIn(region).load(wholeId),
        byId.some((name) => fields.has(name)) || readsPages
          ? facts.facts(wikidataItemFacts).load(whole)
          : stored(wikidataItemFacts.kind, imdbId),
        readsPages
          ? facts.facts(netflixTitleFacts).load(asked)
          : stored(netflixTitleFacts.kind, netflixTitleFacts.subjectOf(asked.subject)),
        readsOffers
          ? facts.facts(justWatchFacts).load(asked)
          : stored(justWatchFacts.kind, justWatchFacts.subjectOf(asked.subject)),
      ]);
      const top10 = lists === 'PENDING' ? null : lists;
      const weeks =
        title.kind === 'SEASON'
          ? (top10?.ofSeason.get(`${imdbId}/${title.seasonNumber}`) ?? [])
          : (top10?.ofWork.get(imdbId) ?? []);
      const evidence: AvailabilityEvidence[] = [];
      const wholeWeeks = top10?.ofWork.get(imdbId)?.at(-1);
      if (wholeWeeks !== undefined) evidence.push({ available: true, day: wholeWeeks, what: 'TOP10' });
      if (viewedOn !== null) evidence.push({ available: true, day: viewedOn, what: 'VIEWING' });
      // That no page is known says nothing of the region; that the region has none does.
      if (page?.answer != null && page.fetchedAt !== null && page.pageKey !== null)
        evidence.push({ available: page.answer === 'FOUND', day: dayOf(page.fetchedAt), what: 'NETFLIX_PAGE' });
      const offered = factsIn<JustWatchOffers>(offers);
      if (offered !== null && offers?.fetchedAt)
        evidence.push({ available: offered.onNetflix, day: dayOf(offers.fetchedAt), what: 'JUSTWATCH' });
      const netflixId =
        item?.answer === 'FOUND' ? (item.facts as WikidataItem).netflixId : (offered?.netflixId ?? null);
      const dates = [
        top10 === null ? null : top10.knownAt,
        viewedOn === null ? null : new Date(viewedOn),
        page?.answer === 'FOUND' ? page.fetchedAt : null,
        offered === null ? null : (offers?.fetchedAt ?? null),
        netflixId === null ? null : (item?.fetchedAt ?? null),
      ].filter((date) => date !== null);
      // Nothing is known of it.
      if (dates.length === 0) return null;
      return {
        region,
        evidence: availability(evidence),
        page: factsIn<NetflixTitlePage>(page),
        weeksInTop10: top10 === null ? null : weeks.length,
        netflixId,
        fetchedAt: new Date(Math.max(...dates.map((date) => date.getTime()))),
      };
    },
  }),
);

const millisecondsADay = 24 * 3_600_000;

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
