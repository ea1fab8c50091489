import { seedsFor } from '../harness/seeds.js';
import { fuzz } from './fuzz.js';

for (const seed of seedsFor('mutations', [2])) fuzz(100_000, seed);
