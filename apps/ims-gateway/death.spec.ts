import { withDatabase } from './testing/setup.js';
import { dieAtEach } from './testing/walk.js';

withDatabase();

it(
  'a gateway that dies leaves everything so that the next one brings all to its end',
  () =>
    // Steps that a proof walks through one by one: here around what is published, and some in between.
    dieAtEach((steps) =>
      steps.flatMap((step, index) => (step.includes('broker.publishAll') || index % 23 === 7 ? [index + 1] : [])),
    ),
  180_000,
);
