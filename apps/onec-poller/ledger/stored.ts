import type { Publication } from '#window';
import type { Offer } from '../window/offer.js';

/** An offer as it is stored: `is` is what {@link Offer} calls its kind. */
export type StoredOffer = { is: Offer['kind'] } & Record<string, unknown>;

/** A publication as it is stored: `at` is its time. */
export interface StoredPublication {
  hash: string;
  at: number;
}

export const toStoredOffer = ({ kind, ...offer }: Offer): StoredOffer => ({ is: kind, ...offer });

export const offerOf = ({ is, ...offer }: StoredOffer): Offer => ({ kind: is, ...offer }) as Offer;

export const toStoredPublication = ({ hash, time }: Publication): StoredPublication => ({ hash, at: time });

export const publicationOf = ({ hash, at }: StoredPublication): Publication => ({ hash, time: at });
