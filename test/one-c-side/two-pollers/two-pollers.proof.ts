import { seedsFor } from '../../harness/seeds.js';
import { oneKilledAtRandom } from './two-pollers.js';

it.each(seedsFor('two pollers', [1, 2]))('of two pollers one is killed at random 40 times, seed %d', (seed) =>
  oneKilledAtRandom({ students: 1_500, window: 60, kills: 40, seed }),
);
