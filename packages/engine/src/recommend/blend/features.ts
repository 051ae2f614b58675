import type { ProfileHistory } from '../profile/profile-history.ts';
import { RecentPopularity } from '../shared/popularity.ts';
import type { SharedModel } from '../shared/shared-model.ts';
import type { TitleSet } from '../titles/title-set.ts';
import type { FeaturePart, FeaturesOfProfile } from './feature.ts';
import { type OwnFeature, OwnFeatures, ownFeatures } from './own-features.ts';
import { popularFor, type SharedFeature, SharedFeatures, sharedFeatures } from './shared-features.ts';

export type FeatureName = OwnFeature | SharedFeature;
export const allFeatures: readonly FeatureName[] = [...ownFeatures, ...sharedFeatures];

/** What is known of titles, and of what others watched: from it come the features of any history at any moment. */
export class FeatureSpace {
  readonly titles: TitleSet;
  readonly names: readonly FeatureName[];
  readonly #shared: SharedModel | null;
  readonly #popular: RecentPopularity | null;
  readonly #room: readonly Float64Array[];

  constructor(titles: TitleSet, shared: SharedModel | null) {
    this.titles = titles;
    this.#shared = shared;
    this.names = shared === null ? ownFeatures : allFeatures;
    this.#popular = shared && new RecentPopularity(shared.weeks, titles.ids.length, popularFor);
    this.#room = shared === null ? [] : SharedFeatures.room(titles.ids.length);
  }

  /**
   * Good until it is called again.
   * @param now seconds since 1970; moments that rise are cheaper.
   */
  of(history: ProfileHistory, now: number): ProfileFeatures {
    const groups: FeaturesOfProfile[] = [new OwnFeatures(this.titles, history, now)];
    if (this.#shared !== null && this.#popular !== null)
      groups.push(new SharedFeatures(this.#shared, history, this.#popular, now, this.#room));
    return new ProfileFeatures(groups, this.names.length);
  }
}

export class ProfileFeatures {
  readonly #groups: readonly FeaturesOfProfile[];
  readonly #width: number;

  constructor(groups: readonly FeaturesOfProfile[], width: number) {
    this.#groups = groups;
    this.#width = width;
  }

  /** Features of titles, one title's after the other's. */
  of(titles: Int32Array): Float64Array {
    const width = this.#width;
    const out = new Float64Array(titles.length * width);
    for (const [group, features] of this.#groups.entries())
      for (let index = 0; index < titles.length; index += 1)
        features.fill(titles[index] as number, out, index * width + group * ownFeatures.length);
    return out;
  }

  /** Those of a title of which nothing is known. */
  reference(): Float64Array {
    const out = new Float64Array(this.#width);
    for (const [group, features] of this.#groups.entries()) features.reference(out, group * ownFeatures.length);
    return out;
  }

  /** What each watched title brings to which feature of a title. */
  parts(title: number): FeaturePart[] {
    return this.#groups.flatMap((features, group) =>
      features.parts(title).map((part) => ({ ...part, feature: part.feature + group * ownFeatures.length })),
    );
  }
}
