import { z } from 'zod';

/** Statements of an item, by property. */
export type Claims = Readonly<Record<string, unknown>>;

const statement = z.object({
  rank: z.enum(['preferred', 'normal', 'deprecated']).catch('normal'),
  mainsnak: z.object({
    // `somevalue` is "unknown", `novalue` "none": neither has a datavalue.
    snaktype: z.string().catch('value'),
    datavalue: z.object({ value: z.unknown().optional() }).nullish().catch(null),
  }),
});

/** Item ids were numbers alone until 2015. */
const itemValue = z.object({
  id: z.string().optional().catch(undefined),
  'numeric-id': z.number().optional().catch(undefined),
});

const timeValue = z.object({ time: z.string(), precision: z.number().nullish().catch(null) });
/** Of Wikidata's precisions: a decade or a century is less. */
const precisionOfYear = 9;

const quantityValue = z.object({ amount: z.string(), unit: z.string() });
const minutesByUnit: Readonly<Record<string, number>> = { Q7727: 1, Q11574: 1 / 60, Q25235: 60 };

export const isItemId = (text: string): boolean =>
  // Wikidata takes higher numbers for no id at all, and then fails for all that are asked.
  /^Q[1-9]\d{0,9}$/.test(text) && Number(text.slice(1)) <= 2_147_483_647;

/** What is true by a property: of preferred statements where there are some, else of normal ones, never of deprecated ones. */
function valuesOf(claims: Claims, property: string): unknown[] {
  const list = claims[property];
  const statements = (Array.isArray(list) ? list : [])
    .flatMap((entry) => statement.safeParse(entry).data ?? [])
    .filter(({ rank }) => rank !== 'deprecated');
  const preferred = statements.filter(({ rank }) => rank === 'preferred');
  return (preferred.length > 0 ? preferred : statements)
    .filter(({ mainsnak }) => mainsnak.snaktype === 'value')
    .map(({ mainsnak }) => mainsnak.datavalue?.value);
}

/** External ids and other texts of a form, in the order given. */
export function textsOf(claims: Claims, property: string, form: RegExp): string[] {
  return valuesOf(claims, property).filter((value) => typeof value === 'string' && form.test(value)) as string[];
}

export function itemsOf(claims: Claims, property: string): string[] {
  const ids = valuesOf(claims, property).flatMap((value) => {
    const { id, 'numeric-id': number } = itemValue.safeParse(value).data ?? {};
    const text = id ?? `Q${number}`;
    return isItemId(text) ? [text] : [];
  });
  return [...new Set(ids)];
}

/** `+1999-03-31T00:00:00Z`; the year had eleven digits until 2015. */
export function yearsOf(claims: Claims, property: string): number[] {
  return valuesOf(claims, property).flatMap((value) => {
    const { time, precision } = timeValue.safeParse(value).data ?? {};
    const [, year] = /^\+0{0,8}([1-9]\d{3})-/.exec(time ?? '') ?? [];
    return year === undefined || (precision ?? precisionOfYear) < precisionOfYear ? [] : [Number(year)];
  });
}

/** Of durations in seconds, minutes or hours. */
export function minutesOf(claims: Claims, property: string): number[] {
  return valuesOf(claims, property).flatMap((value) => {
    const { amount, unit } = quantityValue.safeParse(value).data ?? {};
    const [, item = ''] = /\/entity\/(Q\d+)$/.exec(unit ?? '') ?? [];
    const inOne = Object.hasOwn(minutesByUnit, item) ? minutesByUnit[item] : undefined;
    const [, number] = /^\+?(\d{1,7}(?:\.\d{1,20})?)$/.exec(amount ?? '') ?? [];
    const minutes = inOne === undefined || number === undefined ? 0 : Math.round(Number(number) * inOne);
    return minutes > 0 ? [minutes] : [];
  });
}
