import { it } from '@jest/globals';
import { anyUniversity } from './any-university.js';

it(
  'whatever happens in whatever order, Moodle comes to what 1C says (small; many seeds are a proof)',
  () => anyUniversity({ seed: 315, students: 100, systems: 2, turns: 50, patience: 150 }),
  300_000,
);
