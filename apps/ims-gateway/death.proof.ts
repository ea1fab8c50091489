import { withDatabase } from './testing/setup.js';
import { dieAtEach } from './testing/walk.js';

withDatabase();

it('a gateway that dies before or after any step leaves everything so that the next one brings all to its end', () =>
  dieAtEach((steps) => steps.map((_, index) => index + 1)));
