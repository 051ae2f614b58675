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

/** Fits a multinomial logit by gradient ascent on the penalised likelihood, from weights that stand for what was believed before. */
export function fitWeights(
  examples: readonly Example[],
  before: Weights,
  isFree: (name: string) => boolean = () => true,
): Weights {
  const names = Object.keys(before);
  const free = names.map(isFree);
  const places = new Map(names.map((name, place) => [name, place]));
  // Features that have no weight yet count for nothing.
  const laidOut = examples.map(({ right, weight, choices }) => ({
    right,
    weight,
    choices: choices.map((features) =>
      Object.entries(features).flatMap(([name, value]) => {
        const place = places.get(name);
        return place === undefined || value === 0 ? [] : [[place, value] as const];
      }),
    ),
  }));
  const began = names.map((name) => before[name] ?? 0);
  const weights = Float64Array.from(began);
  const squares = new Float64Array(names.length);
  const gradient = new Float64Array(names.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let place = 0; place < names.length; place += 1)
      gradient[place] = HELD * ((began[place] as number) - (weights[place] as number));
    for (const { right, weight, choices } of laidOut) {
      const shares = probabilities(
        choices.map((terms) => terms.reduce((sum, [place, value]) => sum + value * (weights[place] as number), 0)),
      );
      for (const [choice, terms] of choices.entries()) {
        const missing = weight * ((choice === right ? 1 : 0) - (shares[choice] ?? 0));
        for (const [place, value] of terms) (gradient[place] as number) += missing * value;
      }
    }
    for (let place = 0; place < names.length; place += 1) {
      if (!free[place]) continue;
      const slope = gradient[place] as number;
      const square = (squares[place] as number) * 0.97 + 0.03 * slope ** 2;
      squares[place] = square;
      (weights[place] as number) += (STEP * slope) / (Math.sqrt(square) + 0.5);
    }
  }
  return Object.fromEntries(names.map((name, place) => [name, weights[place] as number]));
}

/** The best candidate of a string that was held out, and whether it was right. */
export interface HeldOut {
  readonly title: string;
  readonly confidence: number;
  readonly isRight: boolean;
}

const FOLDS = 10;

/** What speaks against names that share words: so few labels have it that a fit would guess, so it stays as it was set. */
const SET = /WordsAgree|WordsDisagree|NumbersDiffer/;
/** Features of works whose name is not the one asked for. */
const FAR_FETCHED = /WordsShared|Rarity|Unnamed|Full|Overfull|Beyond/;

/**
 * Fits all weights to the examples, and then those of far-fetched names once more, beside made examples of strings whose work the
 * catalogue lacks. What namesakes weigh stays as the examples say.
 */
export function fitBoth(examples: readonly Example[], made: readonly Example[], before: Weights): Weights {
  return fitWeights(
    [...examples, ...made],
    fitWeights(examples, before, (name) => !SET.test(name)),
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
