import type { Choice as ChoiceOf, Place as PlaceOf } from '#window';
import type { Offer } from './offer.js';

/** What the window's rule says of the offers of 1C. */
export type Place = PlaceOf<Offer>;
export type Choice = ChoiceOf<Offer>;
