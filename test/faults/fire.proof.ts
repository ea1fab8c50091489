import { it } from '@jest/globals';
import { underFire } from './fire.js';

it.each([1, 2, 3])('10,000 students on two systems under fire, seed %d', (seed) =>
  underFire({ students: 10_000, seed, deeds: 45, patience: 1_200 }),
);
