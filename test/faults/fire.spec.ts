import { it } from '@jest/globals';
import { seedsFor } from '../harness/seeds.js';
import { underFire } from './fire.js';

it.each(seedsFor('under fire, small', [20_261]))(
  'loses, doubles and wrongly flags nobody while everything dies around it; mended and replayed, nothing is open (small; the full size is a proof), seed %d',
  (seed) => underFire({ students: 300, seed, disruptions: 0, patience: 300 }),
  // 60 s where nothing else runs; the bounds within name what hangs before this one does
  1_200_000,
);
