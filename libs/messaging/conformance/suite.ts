import { afterAll, afterEach, beforeEach, describe } from '@jest/globals';
import { makeEvent } from '#contracts';
import { answers, done } from '../answering/outcome.js';
import { outlivesWhatBreaks } from './breaking.js';
import { deliversEachOnce } from './delivering.js';
import { failsByItself } from './failing.js';
import { publishesWhatFollows } from './following.js';
import { keepsTheirNumber } from './number.js';
import type { Setup } from './setup.js';
import type { RunningConsumer, TransportUnderTest } from './transport.js';
import { triesOneByOne } from './trials.js';

/** The behaviour every transport of the house owes its services. `make` is called before each test. */
export function conformance(name: string, make: () => Promise<TransportUnderTest>, end: () => Promise<void>): void {
  describe(`${name} keeps the transport's promises`, () => {
    let transport: TransportUnderTest;
    let running: RunningConsumer[];
    let serial: number;

    beforeEach(async () => {
      transport = await make();
      running = [];
      serial = 0;
    }, 60_000);
    afterEach(async () => {
      await Promise.all(running.map((consumer) => consumer.close()));
      await transport.stop();
    }, 60_000);
    afterAll(end, 60_000);

    const event: Setup['event'] = (system = transport.systems[0], text = '') =>
      makeEvent(
        'itk.binding.changed.v1',
        { system, curriculum: `c${text}`, semester: 1, courses: [], sequence: ++serial },
        { service: 'test' },
      );
    const setup: Setup = {
      transport: () => transport,
      event,
      publish: async (count, system) => {
        await Promise.all(Array.from({ length: count }, () => transport.publish(event(system))));
      },
      consume: (how) => {
        const consumer = transport.consume(how);
        running.push(consumer);
        return consumer;
      },
      collect: (seen, answer = () => done()) => ({
        handle: (deliveries) => {
          seen.push(...deliveries);
          return Promise.resolve(answers(deliveries, answer));
        },
      }),
    };

    deliversEachOnce(setup);
    failsByItself(setup);
    outlivesWhatBreaks(setup);
    publishesWhatFollows(setup);
    keepsTheirNumber(setup);
    triesOneByOne(setup);
  });
}
