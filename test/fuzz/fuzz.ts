import { afterAll, describe, expect, it } from '@jest/globals';
import { Random } from '../../sandbox/onec/university/random.js';
import { mutate } from './mutate.js';
import { cleanUp, hasMeaning, targets } from './targets.js';

/** Milliseconds that reading one text may take; a busy machine included. */
const patience = 2_000;

/** No crash, no hang, no wrong success, whatever comes from outside. */
export function fuzz(mutations: number, seed: number): void {
  describe(`${mutations} mutations each, seed ${seed}`, () => {
    afterAll(cleanUp);
    it.each(targets.map((target) => [target.name, target] as const))('%s', (_, { samples, read, refusals }) => {
      const random = new Random(seed);
      for (const sample of samples) expect(() => read(sample)).not.toThrow();
      for (let number = 0; number < mutations; number++) {
        const text = mutate(samples[number % samples.length]!, random);
        const begun = performance.now();
        try {
          read(text);
        } catch (error) {
          if (!refusals.some((refusal) => error instanceof refusal) || !hasMeaning(error))
            throw new Error(`mutation ${number} of seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
        }
        if (performance.now() - begun > patience) throw new Error(`mutation ${number} hangs: ${JSON.stringify(text)}`);
      }
    });
  });
}
