import { it } from '@jest/globals';
import { seedsFor } from '../harness/seeds.js';
import { underFire } from './fire.js';

it.each(seedsFor('under fire', [1, 2, 3, 77]))('10,000 students on two systems under fire, seed %d', (seed) =>
  underFire({ students: 10_000, seed, disruptions: 45, patience: 1_200 }),
);
