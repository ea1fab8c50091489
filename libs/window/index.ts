export { clockTick, placeLifetime } from './ageing.js';
export {
  choose,
  nextRevision,
  sameContentPerHour,
  type Choice,
  type Known,
  type Offered,
  type Place,
  type Publication,
} from './choose.js';
