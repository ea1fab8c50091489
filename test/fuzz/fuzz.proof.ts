import { fuzz } from './fuzz.js';

fuzz(100_000, 2);
