import { logitOf, probabilities } from '../src/resolve/match/confidence.ts';
import type { Features } from '../src/resolve/match/weigh-work.ts';

/** A labelled string: what it may be, and which of that it is. */
export interface Example {
  /** Strings of one series or name: they are held out together, or a fold would know its answers. */
  readonly group: string;
  readonly title: string;
  readonly choices: readonly Features[];
  /** Place of the right one; -1 where it is none of them. */
  readonly right: number;
  /** How much it counts. */
  readonly weight: number;
}

export type Weights = Readonly<Record<string, number>>;

/** How strongly weights are held to where they began: few examples have the rarer features. */
const HELD = 0.3;
const ROUNDS = 500;
const STEP = 0.03;

export const sharesOf = (example: Example, weights: Weights): number[] =>
  probabilities(example.choices.map((features) => logitOf(features, weights)));

/** Examples as a fit goes through them some hundred times: flat. */
interface LaidOut {
  readonly names: readonly string[];
  /** Of each example: where its choices begin and end, which is right, and how much it counts. */
  readonly examples: readonly {
    readonly from: number;
    readonly to: number;
    readonly right: number;
    readonly weight: number;
  }[];
  /** Of each choice: the sum of what stays as it is, and where its terms end. */
  readonly fixed: Float64Array;
  readonly ends: Int32Array;
  /** Of each term: which name, and its value. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

function layOut(all: readonly Example[], before: Weights, isFree: (name: string) => boolean): LaidOut {
  const names = Object.keys(before).filter(isFree);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const [fixed, ends, places, values]: number[][] = [[], [], [], []] as [number[], number[], number[], number[]];
  const examples: { from: number; to: number; right: number; weight: number }[] = [];
  for (const { choices, right, weight } of all) {
    // What has nothing to be fitted teaches nothing.
    if (!choices.some((features) => Object.keys(features).some((name) => placeOf.has(name) && features[name] !== 0)))
      continue;
    const from = ends.length;
    for (const features of choices) {
      let sum = 0;
      // Features that have no weight yet count for nothing.
      for (const [name, value] of Object.entries(features)) {
        const place = placeOf.get(name);
        if (place === undefined) sum += value * (before[name] ?? 0);
        else if (value !== 0) {
          places.push(place);
          values.push(value);
        }
      }
      fixed.push(sum);
      ends.push(places.length);
    }
    examples.push({ from, to: ends.length, right: right < 0 ? -1 : from + right, weight });
  }
  return {
    names,
    examples,
    fixed: Float64Array.from(fixed),
    ends: Int32Array.from(ends),
    places: Int32Array.from(places),
    values: Float64Array.from(values),
  };
}

/** Fits a multinomial logit by gradient ascent on the penalised likelihood, from weights that stand for what was believed before. */
export function fitWeights(
  examples: readonly Example[],
  before: Weights,
  isFree: (name: string) => boolean = () => true,
): Weights {
  const laidOut = layOut(examples, before, isFree);
  const { names } = laidOut;
  const began = Float64Array.from(names, (name) => before[name] ?? 0);
  const weights = Float64Array.from(began);
  const squares = new Float64Array(names.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = began.map((start, place) => HELD * (start - (weights[place] ?? 0)));
    addGradient(laidOut, weights, gradient);
    for (const [place, slope] of gradient.entries()) {
      const square = (squares[place] ?? 0) * 0.97 + 0.03 * slope ** 2;
      squares[place] = square;
      weights[place] = (weights[place] ?? 0) + (STEP * slope) / (Math.sqrt(square) + 0.5);
    }
  }
  return { ...before, ...Object.fromEntries(names.map((name, place) => [name, weights[place] ?? 0])) };
}

/** Adds how the likelihood of all examples grows with each weight. */
function addGradient(
  { examples, fixed, ends, places, values }: LaidOut,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const powers = new Float64Array(fixed.length);
  for (const { from, to, right, weight } of examples) {
    let most = 0;
    for (let choice = from; choice < to; choice += 1) {
      let sum = fixed[choice] as number;
      for (let term = choice === 0 ? 0 : (ends[choice - 1] as number); term < (ends[choice] as number); term += 1)
        sum += (values[term] as number) * (weights[places[term] as number] as number);
      powers[choice] = sum;
      if (sum > most) most = sum;
    }
    let total = Math.exp(-most);
    for (let choice = from; choice < to; choice += 1) {
      const power = Math.exp((powers[choice] as number) - most);
      powers[choice] = power;
      total += power;
    }
    for (let choice = from; choice < to; choice += 1) {
      const missing = weight * ((choice === right ? 1 : 0) - (powers[choice] as number) / total);
      for (let term = choice === 0 ? 0 : (ends[choice - 1] as number); term < (ends[choice] as number); term += 1)
        (gradient[places[term] as number] as number) += missing * (values[term] as number);
    }
  }
}

/** The best candidate of a string that was held out, and whether it was right. */
export interface HeldOut {
  readonly title: string;
  readonly confidence: number;
  readonly isRight: boolean;
}

const FOLDS = 10;

/** Features of works whose name is not the one asked for: labels have few of them. */
const FAR_FETCHED =
  /Sound|WordsShared|Rarity|WordsAgree|WordsDisagree|NumbersDiffer|Part|Head|Unnamed|LostArticle|ListedElse/;
/** What is known of Netflix's own lists beforehand, from how they compare with the catalogue (`agreementWith`). */
const SET = /Listed$|ListedApart|OtherRuntime/;

/**
 * Fits what namesakes weigh to the labels, and then what far-fetched names weigh to the labels and made examples, in which strings are
 * that a catalogue lacks as often as in histories.
 */
export function fitBoth(labels: readonly Example[], made: readonly Example[], before: Weights): Weights {
  return fitWeights(
    [...labels, ...made],
    fitWeights(labels, before, (name) => !FAR_FETCHED.test(name) && !SET.test(name)),
    (name) => FAR_FETCHED.test(name),
  );
}

/**
 * Confidence of strings by weights that never saw their group.
 * @param made Further examples to fit to, which nothing is asked of.
 */
export function crossValidate(examples: readonly Example[], made: readonly Example[], before: Weights): HeldOut[] {
  const answers: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = (all: readonly Example[]) => all.filter(({ group }) => foldOf(group) !== fold);
    const weights = fitBoth(others(examples), others(made), before);
    for (const example of examples) {
      if (foldOf(example.group) !== fold || example.choices.length === 0) continue;
      const shares = sharesOf(example, weights);
      const confidence = Math.max(...shares);
      answers.push({ title: example.title, confidence, isRight: shares.indexOf(confidence) === example.right });
    }
  }
  return answers;
}

function foldOf(group: string): number {
  let hash = 7;
  for (const character of group) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return hash % FOLDS;
}

/** Strings of about one confidence. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly strings: number;
  readonly meanConfidence: number;
  readonly right: number;
}

/** Expected calibration error (Naeini et al. 2015), over ten bins of equal width, and the bins. */
export function reliability(answers: readonly Pick<HeldOut, 'confidence' | 'isRight'>[]): {
  readonly bins: readonly ReliabilityBin[];
  readonly error: number;
} {
  const bins: ReliabilityBin[] = [];
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const of = answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (of.length === 0) continue;
    const meanConfidence = of.reduce((sum, { confidence }) => sum + confidence, 0) / of.length;
    const right = of.filter(({ isRight }) => isRight).length / of.length;
    bins.push({ from: bin / 10, to: (bin + 1) / 10, strings: of.length, meanConfidence, right });
    error += (of.length / answers.length) * Math.abs(meanConfidence - right);
  }
  return { bins, error };
}
