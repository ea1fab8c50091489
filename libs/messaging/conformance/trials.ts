import { expect, it } from '@jest/globals';
import { failed } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import type { Guard } from '../answering/guard.js';
import { alwaysOpen } from '../testing/guards.js';
import { answers, done, retry, type Outcome } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { numberOf, until } from './tools.js';

const passing = failed('temporary', 'test', { ru: 'проба', en: 'a passing trouble' }).failure;

/** How a system with a wrong setting is tried: with one message after the other, and by what the system answers. */
export function triesOneByOne(setup: Setup): void {
  /** A system that stands paused until a trial mends it. `work` answers, and says whether it asked the system. */
  const paused = (work: (delivery: Delivery) => { asks: boolean; outcome: Outcome }) => {
    const seen = { tried: [] as { number: number; attempt: number }[], ended: '', answered: 0, trials: 0 };
    const guard: Guard = {
      ...alwaysOpen(),
      admission: () => Promise.resolve(seen.ended === '' ? (seen.trials++, 'trial') : 'open'),
      judge: () => Promise.resolve('ladder'),
      answered: () => seen.answered,
      mended: () => Promise.resolve(void (seen.ended = 'mended')),
      untried: () => Promise.resolve(void (seen.ended = 'untried')),
    };
    setup.consume({
      guard,
      handle: (deliveries) =>
        Promise.resolve(
          answers(deliveries, (delivery) => {
            if (seen.ended === '') seen.tried.push({ number: numberOf(delivery), attempt: delivery.attempt });
            const { asks, outcome } = work(delivery);
            if (asks) seen.answered++;
            return outcome;
          }),
        ),
    });
    return seen;
  };

  it('a trial that asks the system nothing proves nothing: the next one is tried', async () => {
    await setup.publish(4);
    const seen = paused((delivery) => ({ asks: numberOf(delivery) === 3, outcome: done() }));
    await until('the pause ended', () => seen.ended !== '');
    expect(seen.ended).toBe('mended');
    expect(seen.tried.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('a doubtful trial is handed back as it was, and bears its own outcome when its turn comes again', async () => {
    await setup.publish(3);
    let mended = false;
    const seen = paused(() => ({ asks: mended, outcome: mended ? done() : retry(passing) }));
    await until('one climbed the ladder', () => seen.tried.some(({ attempt }) => attempt === 1));
    const climbed = seen.tried.find(({ attempt }) => attempt === 1)!.number;
    const before = seen.tried.filter(({ number, attempt }) => number === climbed && attempt === 0);
    expect(before).toHaveLength(2);
    mended = true;
    await until('the pause ended', () => seen.ended === 'mended');
    expect(seen.trials).toBeGreaterThanOrEqual(4);
  });

  it('where nothing waits by which it could be tried, the pause ends', async () => {
    await setup.publish(1);
    const seen = paused(() => ({ asks: false, outcome: done() }));
    await until('the pause ended', () => seen.ended !== '');
    expect(seen.ended).toBe('untried');
    expect(seen.tried).toHaveLength(1);
  });
}
