import { it } from '@jest/globals';
import { underFire } from './fire.js';

it(
  'loses, doubles and wrongly flags nobody while everything dies around it (small; the full size is a proof)',
  () => underFire({ students: 300, seed: 20_261, deeds: 12, patience: 120 }),
  300_000,
);
