import { it } from '@jest/globals';
import { underFire } from './fire.js';

it(
  'loses, doubles and wrongly flags nobody while everything dies around it; mended and replayed, nothing is open (small; the full size is a proof)',
  () => underFire({ students: 300, seed: 20_261, disruptions: 0, patience: 90 }),
  300_000,
);
