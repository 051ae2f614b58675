import type { Page } from '../source.ts';
import { justWatchOffers } from './justwatch-offers.ts';

export const justWatchPages: readonly Page<unknown>[] = [justWatchOffers];
