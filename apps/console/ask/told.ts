import type { Asked } from './ask-again.js';

/** As the API answers it. */
export const askedTold = (all: readonly Asked[]) => ({
  systems: all.map(({ refused, ...asked }) => ({
    ...asked,
    refused: refused.map(({ pair: code, reason }) => ({ code, reason })),
  })),
});
