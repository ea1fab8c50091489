export { clockTick, placeLifetime } from './ageing.js';
export { choose, type Choice, type Known, type Place, type Publication } from './choose.js';
