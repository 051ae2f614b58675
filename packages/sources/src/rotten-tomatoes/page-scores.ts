import { z } from 'zod';
import { type CheerioAPI, scriptJson, tidy } from '../html.ts';
import { count, soft, text } from '../soft-fields.ts';
import { numberIn } from '../text-numbers.ts';
import type { LinkedTitle } from './linked-title.ts';

/** What critics say together. */
export interface CriticsScore {
  /** 0 to 100; null where too few wrote. */
  readonly share: number | null;
  readonly reviewCount: number | null;
  /** 0 to 10. */
  readonly average: number | null;
  readonly certified: boolean | null;
}

/** What viewers say together. */
export interface AudienceScore {
  readonly share: number | null;
  readonly type: 'VERIFIED' | 'ALL' | null;
  /** 0 to 5. */
  readonly average: number | null;
  /** As it stands there: a band. */
  readonly ratingCount: string | null;
}

/** One place of a page where scores are. Null: it has none of these at all. */
interface ScorePlace {
  readonly critics: CriticsScore | null;
  readonly audience: AudienceScore | null;
}

export interface PageScores extends ScorePlace {
  readonly description: string | null;
}

const flag = soft((value) =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : null,
);
/** Numbers, numbers as text, and from 2022 on an object with one, are all seen. */
const number = soft((value) => numberIn(value) ?? numberIn((value as { value?: unknown } | null | undefined)?.value));

const score = z.object({
  score: number,
  value: number,
  averageRating: number,
  reviewCount: count,
  ratingCount: count,
  certified: flag,
  scoreType: text,
  bandedRatingCount: text,
});
type Score = z.infer<typeof score>;
const scoreOf = soft((value): Score | null => score.safeParse(value).data ?? null);

const scorecard = z.object({ criticsScore: scoreOf, audienceScore: scoreOf, description: text });

const details = z.object({
  scoreboard: z.object({
    tomatometerScore: number,
    tomatometerCount: count,
    tomatometerState: text,
    audienceScore: number,
    audienceBandedRatingCount: text,
    hasVerifiedAudienceScore: flag,
  }),
  modal: z
    .object({ tomatometerScoreAll: scoreOf, audienceScoreAll: scoreOf, audienceScoreVerified: scoreOf })
    .nullish()
    .catch(null),
});

/**
 * The scores of a page, from the best place that it has: the script of the scorecard (2024 to now), the scorecard's own text where
 * that script is broken, the score board (2021 to 2024) and its script, JSON-LD. `window.mpscall` called a film rotten that was certified fresh
 * at 85: nothing is read there.
 */
export function pageScores(page: CheerioAPI, linked: LinkedTitle | null): PageScores {
  const card = scorecard.safeParse(scriptJson(page, '#media-scorecard-json, script[data-json="mediaScorecard"]')).data;
  const fromScript: ScorePlace = {
    critics: criticsOf(card?.criticsScore ?? null),
    audience: audienceOf(card?.audienceScore ?? null),
  };
  const others = [
    ofScorecardText(page),
    ofDetails(page),
    ofScoreBoard(page),
    { critics: linkedCritics(linked), audience: null },
  ];
  return {
    // A card without a score says that too few wrote: no other place is asked then.
    critics: fromScript.critics ?? bestOf(others.map(({ critics }) => critics)),
    audience: fromScript.audience ?? bestOf(others.map(({ audience }) => audience)),
    description: card?.description ?? null,
  };
}

function bestOf<Place extends { readonly share: number | null }>(places: readonly (Place | null)[]): Place | null {
  const there = places.filter((place) => place !== null);
  return there.find(({ share }) => share !== null) ?? there[0] ?? null;
}

function criticsOf(of: Score | null): CriticsScore | null {
  return of && critics(of.score ?? of.value, of.reviewCount ?? of.ratingCount, of.averageRating, of.certified);
}

function audienceOf(of: Score | null): AudienceScore | null {
  return of && audience(of.score ?? of.value, of.scoreType, of.averageRating, of.bandedRatingCount);
}

function critics(
  score: number | null,
  reviewCount: number | null,
  average: number | null,
  certified: boolean | null,
): CriticsScore {
  const share = shareOf(score);
  // Without a score there is nothing that could be certified.
  if (share === null) return { share, reviewCount, average: null, certified: null };
  return { share, reviewCount, average: averageOf(average, 10), certified };
}

function audience(
  score: number | null,
  type: string | null,
  average: number | null,
  ratingCount: string | null,
): AudienceScore {
  const share = shareOf(score);
  if (share === null) return { share, type: null, average: null, ratingCount };
  return {
    share,
    type: type === 'VERIFIED' || type === 'ALL' ? type : null,
    average: averageOf(average, 5),
    ratingCount,
  };
}

const shareOf = (score: number | null): number | null =>
  score !== null && score >= 0 && score <= 100 && Number.isInteger(score) ? score : null;

/** Nobody can give 0: it is a mean of nothing. */
const averageOf = (average: number | null, most: number): number | null =>
  average !== null && average > 0 && average <= most ? average : null;

/** What the scorecard shows before any script has run. */
function ofScorecardText(page: CheerioAPI): ScorePlace {
  const card = page('media-scorecard').first();
  const slot = (name: string) => card.find(`[slot="${name}"]`).first();
  const textOf = (name: string) => tidy(slot(name).text());
  const link = slot('audience-reviews').attr('href') ?? '';
  const type = /\/verified-audience\b/.test(link) ? 'VERIFIED' : /\/all-audience\b/.test(link) ? 'ALL' : null;
  const certified = slot('critics-score-icon').find('score-icon-critics').attr('certified');
  return {
    critics:
      slot('critics-score').length === 0
        ? null
        : critics(
            numberIn(textOf('critics-score')),
            firstNumber(textOf('critics-reviews')),
            null,
            certified === undefined ? null : certified === 'true',
          ),
    audience:
      slot('audience-score').length === 0
        ? null
        : audience(numberIn(textOf('audience-score')), type, null, textOf('audience-reviews')),
  };
}

function ofDetails(page: CheerioAPI): ScorePlace {
  const { data } = details.safeParse(scriptJson(page, '#score-details-json'));
  if (data === undefined) return { critics: null, audience: null };
  const { scoreboard, modal } = data;
  const all = modal?.tomatometerScoreAll ?? null;
  const verified = scoreboard.hasVerifiedAudienceScore;
  const viewers = (verified ? modal?.audienceScoreVerified : modal?.audienceScoreAll) ?? null;
  return {
    critics: critics(
      scoreboard.tomatometerScore ?? all?.score ?? all?.value ?? null,
      scoreboard.tomatometerCount ?? all?.reviewCount ?? all?.ratingCount ?? null,
      all?.averageRating ?? null,
      certifiedIn(scoreboard.tomatometerState) ?? all?.certified ?? null,
    ),
    audience: audience(
      scoreboard.audienceScore ?? viewers?.score ?? viewers?.value ?? null,
      verified === null ? null : verified ? 'VERIFIED' : 'ALL',
      viewers?.averageRating ?? null,
      scoreboard.audienceBandedRatingCount ?? viewers?.bandedRatingCount ?? null,
    ),
  };
}

export const scoreBoard = 'score-board, score-board-deprecated';

function ofScoreBoard(page: CheerioAPI): ScorePlace {
  const board = page(scoreBoard).first();
  if (board.length === 0) return { critics: null, audience: null };
  const textOf = (name: string) => tidy(board.find(`[slot="${name}"]`).first().text());
  return {
    critics: critics(
      numberIn(board.attr('tomatometerscore')),
      firstNumber(textOf('critics-count')),
      null,
      certifiedIn(tidy(board.attr('tomatometerstate'))),
    ),
    audience: audience(numberIn(board.attr('audiencescore')), null, null, textOf('audience-count')),
  };
}

/** Its rating is named Tomatometer, and is the critics' alone. */
export function linkedCritics(linked: LinkedTitle | null): CriticsScore | null {
  const rating = linked?.aggregateRating ?? null;
  if (rating === null || !/^tomatometer\b/i.test(rating.name ?? 'Tomatometer')) return null;
  return critics(rating.ratingValue, rating.reviewCount ?? rating.ratingCount, null, null);
}

const certifiedIn = (state: string | null): boolean | null =>
  state === null ? null : /^certified[-_]fresh$/i.test(state);

/** `1,376 Reviews` → 1376. */
const firstNumber = (words: string | null): number | null => numberIn(/\d[\d,]*/.exec(words ?? '')?.[0]);
