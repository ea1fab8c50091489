import type { ConsumerSays } from '#persistence';
import { eventually } from '#persistence/testing';
import { ConsumerWatch } from './consumer-watch.js';

it('says what is in hand again and again, also after a failure, and leaves at the end', async () => {
  const said: ConsumerSays[][] = [];
  let left = false;
  let inHand = 0;
  const watch = new ConsumerWatch(
    ['lms', 'lms2'],
    { handsOf: () => Promise.resolve({ state: 'consuming', inHand: { number: ++inHand }, settled: { done: 1 } }) },
    {
      say: (all) => (said.push([...all]) === 1 ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve()),
      leave: () => Promise.resolve(void (left = true)),
    },
    5,
  );
  watch.onApplicationBootstrap();
  await eventually(() => expect(said.length).toBeGreaterThan(1));
  await watch.beforeApplicationShutdown();
  expect(said[1]).toEqual([
    { system: 'lms', state: 'consuming', inHand: { number: 3 }, settled: { done: 1 } },
    { system: 'lms2', state: 'consuming', inHand: { number: 4 }, settled: { done: 1 } },
  ]);
  expect(left).toBe(true);
});
