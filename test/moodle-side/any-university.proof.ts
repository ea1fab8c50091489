import { it } from '@jest/globals';
import { anyUniversity } from './any-university.js';

/** To repeat one run: `ITK_SEED=<its seed> npm run proof -- any-university`. */
const first = process.env.ITK_SEED ? [Number(process.env.ITK_SEED)] : [];
const seeds = first.length > 0 ? first : Array.from({ length: 8 }, () => Math.floor(Math.random() * 1e9));

it.each(seeds)('a university by chance, seed %d', (seed) =>
  anyUniversity({ seed, students: 300, systems: 3, deeds: 200, patience: 600 }),
);
