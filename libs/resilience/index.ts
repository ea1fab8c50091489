export { consuming, sayingWhatIsInHand, watchingTheBroker, type Soundings } from './consuming.module.js';
export { SystemGuard, timesForOneC, type Pauses } from './system-guard.js';
