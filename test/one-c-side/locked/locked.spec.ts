import { lockedFor, probesOfAnHour } from './locked.js';

it('1C locked for five minutes costs nothing (an hour is a proof)', () => lockedFor(probesOfAnHour / 12), 180_000);
