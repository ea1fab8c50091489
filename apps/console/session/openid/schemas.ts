import { z } from 'zod';

/** A repeated parameter is no parameter. */
const text = (longest: number) => z.string().max(longest).optional().catch(undefined);

export const startQuery = z.object({ to: text(2_000).describe('The page that it leads back to.') });
export const finishQuery = z.object({
  state: text(500).describe('By which the sign-in is known; the rest is the provider’s.'),
});
