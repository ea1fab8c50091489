import { lockedFor, probesOfAnHour } from './locked.js';

it('1C locked for an hour costs nothing', () => lockedFor(probesOfAnHour));
