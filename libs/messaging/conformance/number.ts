import { expect, it } from '@jest/globals';
import { failed } from '#contracts';
import { RefusedByBrokerError } from '../broker/broker.js';
import type { Delivery } from '../answering/delivery.js';
import type { Lease } from '#persistence';
import { alwaysOpen } from '../testing/guards.js';
import { answers, dead, done, handBack, retry, type Answers } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { gate, numberOf, pausable, steady, until } from './tools.js';
import type { ConsumeWith } from './transport.js';

const away = failed('outage', 'away', { ru: 'недоступен', en: 'away' });
const passing = failed('temporary', 'test', { ru: 'проба', en: 'a passing trouble' }).failure;
const hopeless = failed('student', 'bad-name', { ru: 'плохое имя', en: 'a bad name' }).failure;
const many = 300;

/**
 * The law: messages of a queue - waiting, on its ladder, dead, done - are never more than were published into it from
 * outside, whatever is away. Batches of 200 with as many behind them, as the services take them.
 */
export function keepsTheirNumber(setup: Setup): void {
  /** How often each message was done, and how often any was in a handler's hands. */
  const work = (how: Omit<ConsumeWith, 'handle'>, answer: (given: Delivery[]) => Answers | Promise<Answers>) => {
    const seen = { done: new Map<number, number>(), handed: 0, calls: 0 };
    const consumer = setup.consume({
      size: 200,
      ...how,
      handle: async (given) => {
        seen.handed += given.length;
        seen.calls++;
        const answered = await answer(given);
        answered.forEach(({ kind }, delivery) => {
          const number = numberOf(delivery);
          if (kind === 'done') seen.done.set(number, (seen.done.get(number) ?? 0) + 1);
        });
        return answered;
      },
    });
    return { ...consumer, seen };
  };
  const total = async (doneOnes: ReadonlyMap<number, number>): Promise<number> =>
    (await setup.transport().waiting()) + (await setup.transport().elsewhere()) + doneOnes.size;
  const once = Array<number>(many).fill(1);

  it('keeps their number when the system is away, and tries it with one', async () => {
    const guard = pausable();
    let cut = true;
    await setup.publish(many);
    const { seen } = work({ guard: { ...guard, judge: () => (guard.pause(), Promise.resolve('handBack')) } }, (given) =>
      answers(given, () => (cut ? handBack(away.failure) : done())),
    );
    await until('it left the queue', () => seen.handed > 0 && guard.waits);
    expect(await steady(() => total(seen.done))).toBe(many);
    for (let again = 0; again < 5; again++) {
      const before = seen.handed;
      guard.resume();
      await until('it was tried and left the queue', () => seen.handed > before && guard.waits);
      expect(await steady(() => total(seen.done))).toBe(many);
      expect(seen.handed - before).toBe(1);
    }
    cut = false;
    guard.resume();
    await until('all came through', () => seen.done.size === many);
    expect([...seen.done.values()]).toEqual(once);
  });

  it('keeps their number when the hold is lost in the middle of the work', async () => {
    let lost = new AbortController();
    let [begun, go] = [gate(), gate()];
    let trouble = 6;
    await setup.publish(many);
    const lease = (): Lease => (
      (lost = new AbortController()),
      { lost: lost.signal, release: () => Promise.resolve() }
    );
    const { seen } = work({ takeLease: () => Promise.resolve(lease()) }, async (given) => {
      if (trouble > 0) {
        begun.open();
        await go.opened;
      }
      // As when the connection that held the lock broke: what was not begun waits, some was done.
      return answers(given, (_, index) => (trouble > 0 && index % 2 ? handBack(away.failure) : done()));
    });
    for (; trouble > 0; trouble--) {
      await begun.opened;
      begun = gate();
      lost.abort();
      go.open();
      go = gate();
    }
    await until('all came through', () => seen.done.size === many);
    expect([...seen.done.values()]).toEqual(once);
    expect(await steady(() => total(seen.done))).toBe(many);
  });

  it('keeps their number when everything fails at random', async () => {
    const guard = pausable();
    let random = 12345;
    const chance = (): number => (random = (random * 48271) % 2147483647) / 2147483647;
    let trouble = true;
    await setup.publish(many);
    const { seen } = work(
      {
        guard: { ...guard, judge: () => (guard.pause(), setTimeout(guard.resume, 10), Promise.resolve('handBack')) },
      },
      (given) => {
        if (trouble && chance() < 0.2) throw away;
        return answers(given, () => {
          const lot = trouble ? chance() : 1;
          return lot < 0.3 ? handBack(away.failure) : lot < 0.5 ? retry(passing) : lot < 0.51 ? dead(hopeless) : done();
        });
      },
    );
    await until('it failed often', () => seen.calls > 40 || seen.done.size > many - 20);
    trouble = false;
    await until('none waits', async () => {
      const buried = await setup.transport().elsewhere();
      return (await setup.transport().waiting()) === 0 && seen.done.size + buried === many;
    });
    expect([...seen.done.values()].every((times) => times === 1)).toBe(true);
  });

  it('waits when the broker does not take what follows, and hands back one message after the other', async () => {
    let refuses = true;
    await setup.publish(many);
    const { seen } = work({ guard: alwaysOpen() }, (given) => {
      if (refuses) throw new RefusedByBrokerError('the queue of the next service is full');
      return answers(given, () => done());
    });
    await until('it was tried', () => seen.calls === 3);
    refuses = false;
    await until('all came through', () => seen.done.size === many);
    expect(seen.handed).toBeLessThanOrEqual(200 + 2 + many);
    expect([...seen.done.values()]).toEqual(once);
    expect(await setup.transport().drainDead()).toHaveLength(0);
  });
}
