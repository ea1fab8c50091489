import { oneKilledAtRandom } from './two-pollers.js';

it(
  'of two pollers one is killed at random, again and again (small; 40 kills are a proof)',
  () => oneKilledAtRandom({ students: 90, window: 12, kills: 2, seed: 12 }),
  180_000,
);
