import type { GraphQLField, GraphQLNamedType } from 'graphql';
import { pageDefault } from '../../schema/connection.ts';

/** What a field costs by itself, whatever is asked of its answer; a field that is not here costs 1. About a row that is read. */
const weights: Readonly<Record<string, number>> = {
  // Each reads a profile's whole history, or counts over it.
  'Profile.analytics': 2_000,
  'Analytics.totals': 50,
  'Analytics.coverage': 50,
  'Analytics.timeline': 50,
  'Analytics.weekHours': 50,
  'Analytics.top': 50,
  'Analytics.diversity': 100,
  'Analytics.taste': 100,
  'Analytics.peoplePairs': 200,
  'Analytics.criticsAndYou': 100,
  'Analytics.yearInReview': 200,
  'Analytics.comparedWith': 100,
  // Histories of other profiles are read too.
  'Analytics.otherProfiles': 2_000,
  'Analytics.spending': 2_000,
  'ViewingConnection.totalCount': 100,
  'ExportRowConnection.totalCount': 100,
  // All are counted at once.
  'Match.viewingCount': 1,
  // Every viewing of the profile is counted for its string.
  'Profile.matches': 200,
  'MatchConnection.totalCount': 100,
  // The catalogue is asked, and the account's titles are looked through.
  'Query.titles': 200,
  // All episodes of a series may have to be stored first.
  'Series.seasons': 20,
  'Season.episodes': 5,
  'Account.matching': 5,
  // Two imports' rows are compared.
  'Import.changes': 100,
  'ImportChanges.viewingsAdded': 50,
  'ImportChanges.viewingsGone': 50,
  'ImportChanges.viewingsMoved': 50,
  'ImportChanges.viewings': 100,
  'ChangedViewingConnection.totalCount': 50,
  // Each is a statement of its own.
  'Profile.viewings': 20,
  'Import.profiles': 20,
  'Import.rejectedRows': 20,
  'Profile.exportRows': 20,
  'Account.exportRows': 20,
};

/** Changes are few in a request and may move many rows. */
const mutationWeight = 1_000;

/** How long lists are taken to be that no argument bounds: a long one of its kind. */
const sizes: Readonly<Record<string, number>> = {
  // As many as Netflix lets an account have.
  'Account.profiles': 5,
  'Import.profiles': 5,
  'Import.files': 50,
  // Those that are kept.
  'Match.candidates': 10,
  'MatchChanges.statuses': 20,
  'MatchChanges.examples': 100,
  'CorrectMatchPayload.alsoChanged': 100,
  'Series.seasons': 10,
  'Season.episodes': 20,
  'Timeline.points': 500,
  'WeekHours.cells': 168,
  'Evenings.byWeekday': 7,
  'OnThisDay.items': 10,
  'SameDay.titles': 5,
  'Diversity.points': 20,
  'Releases.years': 20,
  'Ratings.years': 10,
  'PeoplePair.people': 2,
  'PeoplePair.titles': 3,
  'Analytics.otherProfiles': 5,
  'ProfileOverlap.hours': 1,
  'Top10Comparison.items': 100,
  'CriticsComparison.likedAgainstCritics': 20,
  'CriticsComparison.dislikedAgainstCritics': 20,
  'Spending.currencies': 1,
  'SpendingInCurrency.months': 60,
  'YearInReview.series': 5,
  'YearInReview.films': 5,
  'YearInReview.genres': 5,
  'PeriodComparison.numbers': 11,
  'PeriodComparison.genres': 28,
  '__Schema.types': 100,
  '__Schema.directives': 10,
  '__Type.fields': 10,
  '__Type.enumValues': 5,
  '__Type.inputFields': 5,
  '__Type.interfaces': 2,
  '__Type.possibleTypes': 5,
  '__Field.args': 3,
  '__Directive.args': 3,
};

/** A list that is not above: somebody added a field and measured nothing. */
const unknownSize = 100;

/** What describes the API is in memory. */
const introspectionWeight = 0.1;

export function weightOf(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number {
  if (parent.name.startsWith('__') || field.name.startsWith('__')) return introspectionWeight;
  return weights[`${parent.name}.${field.name}`] ?? (parent.name === 'Mutation' ? mutationWeight : 1);
}

export const assumedSize = (parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number =>
  sizes[`${parent.name}.${field.name}`] ?? unknownSize;

/** The size of a page whose `first` is not given. */
export const usualPage = pageDefault;

/** Every field that has a number here, for the test that none is left of what is gone. */
export const namedFields: readonly string[] = [...Object.keys(weights), ...Object.keys(sizes)];
