/** What one title of the history brings to one feature of another. */
export interface FeaturePart {
  /** Place of the feature among those of its group. */
  readonly feature: number;
  /** Place of the watched title. */
  readonly because: number;
  readonly amount: number;
}

/** A group of features, for one history at one moment. */
export interface FeaturesOfProfile {
  /** Writes a title's features from `at` on. */
  fill(title: number, out: Float64Array, at: number): void;
  /** Writes those of a title of which nothing is known and that nobody watched: what is above it is a reason. */
  reference(out: Float64Array, at: number): void;
  /** What each watched title brings. They add up to the feature less its reference, for features that come from the history. */
  parts(title: number): FeaturePart[];
}
