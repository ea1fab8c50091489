import { fuzz } from './fuzz.js';

fuzz(1_500, 1);
