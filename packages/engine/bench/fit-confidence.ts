import { probabilities } from '../src/resolve/match/confidence.ts';
import type { Features } from '../src/resolve/match/weigh-work.ts';

/** A labelled string: what it may be, and which of that it is. */
export interface Example {
  /** Strings of one series or name: they are held out together, or a fold would know its answers. */
  readonly group: string;
  readonly title: string;
  readonly choices: readonly Features[];
  /** Place of the right one; -1 where it is none of them. */
  readonly right: number;
}

export type Weights = Readonly<Record<string, number>>;

/** How strongly weights are held to where they began: few examples have the rarer features. */
const HELD = 0.3;
const ROUNDS = 500;
const STEP = 0.03;

const sumOf = (features: Features, weights: Weights) =>
  Object.entries(features).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0);

export const sharesOf = (example: Example, weights: Weights): number[] =>
  probabilities(example.choices.map((features) => sumOf(features, weights)));

/** Fits a multinomial logit by gradient ascent on the penalised likelihood, from weights that stand for what was believed before. */
export function fitWeights(examples: readonly Example[], before: Weights): Weights {
  const names = Object.keys(before);
  const weights: Record<string, number> = { ...before };
  const squares: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient: Record<string, number> = {};
    for (const name of names) gradient[name] = HELD * ((before[name] ?? 0) - (weights[name] ?? 0));
    for (const example of examples) {
      const shares = sharesOf(example, weights);
      for (const [place, features] of example.choices.entries()) {
        const missing = (place === example.right ? 1 : 0) - (shares[place] ?? 0);
        for (const [name, value] of Object.entries(features)) gradient[name] = (gradient[name] ?? 0) + missing * value;
      }
    }
    for (const name of names) {
      const slope = gradient[name] ?? 0;
      squares[name] = (squares[name] ?? 0) * 0.97 + 0.03 * slope ** 2;
      weights[name] = (weights[name] ?? 0) + (STEP * slope) / (Math.sqrt(squares[name]) + 0.5);
    }
  }
  return weights;
}

/** The best candidate of a string that was held out, and whether it was right. */
export interface HeldOut {
  readonly title: string;
  readonly confidence: number;
  readonly isRight: boolean;
}

const FOLDS = 10;

/** Confidence of strings by weights that never saw their group. */
export function crossValidate(examples: readonly Example[], before: Weights): HeldOut[] {
  const answers: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const weights = fitWeights(
      examples.filter(({ group }) => foldOf(group) !== fold),
      before,
    );
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
