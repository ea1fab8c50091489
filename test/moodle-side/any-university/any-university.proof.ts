import { seedsFor } from '../../harness/seeds.js';
import { anyUniversity } from './any-university.js';

const byChance = Array.from({ length: 8 }, () => Math.floor(Math.random() * 1e9));

it.each(seedsFor('any university', byChance))('a university by chance, seed %d', (seed) =>
  anyUniversity({ seed, students: 300, systems: 3, turns: 200, patience: 600 }),
);
