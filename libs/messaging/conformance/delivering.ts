import { expect, it } from '@jest/globals';
import { failed } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import type { Guard } from '../answering/guard.js';
import { alwaysOpen } from '../testing/guards.js';
import { answers, dead, done, handBack, retry, superseded } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { gate, numberOf, until } from './tools.js';

const passing = failed('temporary', 'test', { ru: 'проба', en: 'a passing trouble' }).failure;
const hopeless = failed('student', 'bad-name', { ru: 'плохое имя', en: 'a bad name' }).failure;
const away = failed('outage', 'away', { ru: 'недоступен', en: 'away' }).failure;

/** Every message comes once, in batches; nobody holds up another. */
export function deliversEachOnce({ consume, collect, publish, transport }: Setup): void {
  it('brings every message once and acknowledges it', async () => {
    const seen: Delivery[] = [];
    consume(collect(seen, (delivery) => (numberOf(delivery) % 2 ? done() : superseded())));
    await publish(50);
    await until('all came', () => seen.length === 50);
    expect(new Set(seen.map(numberOf)).size).toBe(50);
    expect(seen.every((delivery) => delivery.attempt === 0)).toBe(true);
  });

  it('fills batches up to their size', async () => {
    const sizes: number[] = [];
    await publish(30);
    consume({
      size: 10,
      handle: (deliveries) => {
        sizes.push(deliveries.length);
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    await until('all came', () => sizes.reduce((sum, size) => sum + size, 0) === 30);
    expect(Math.max(...sizes)).toBe(10);
    expect(sizes.length).toBeLessThanOrEqual(5);
  });

  it('is not stalled by more failures than it prefetches', async () => {
    const seen: Delivery[] = [];
    const outcomes = [retry(passing), dead(hopeless), superseded()];
    consume({
      ...collect(seen, (delivery) => (delivery.attempt ? done() : outcomes[numberOf(delivery) % 3]!)),
      size: 5,
    });
    await publish(60);
    await until('all came, and the retried ones twice', () => seen.length === 80);
  });

  it('notices a publish to nowhere', async () => {
    await expect(transport().publishToNowhere()).rejects.toThrow(/no queue takes/);
  });

  it('finishes what is in hand when it is closed, and leaves the rest untouched', async () => {
    const hold = gate();
    const first: Delivery[] = [];
    const consumer = consume({
      size: 2,
      handle: async (deliveries) => {
        first.push(...deliveries);
        await hold.opened;
        return answers(deliveries, () => done());
      },
    });
    await publish(10);
    await until('a batch is in hand', () => first.length > 0);
    const closing = consumer.close();
    hold.open();
    await closing;
    expect(await transport().waiting()).toBe(10 - first.length);
    const rest: Delivery[] = [];
    consume(collect(rest));
    await until('the rest came', () => rest.length === 10 - first.length);
    expect(new Set([...first, ...rest].map(numberOf)).size).toBe(10);
  });

  it('hands back a hundred times without losing a message or raising a count', async () => {
    let refusals = 0;
    const seen: Delivery[] = [];
    const guard: Guard = { ...alwaysOpen(), judge: () => Promise.resolve('handBack') };
    consume({
      guard,
      size: 3,
      handle: (deliveries) => {
        if (refusals < 100) {
          refusals++;
          return Promise.resolve(answers(deliveries, () => handBack(away)));
        }
        seen.push(...deliveries);
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    await publish(7);
    await until('all came through', () => seen.length === 7);
    expect(refusals).toBe(100);
    expect(new Set(seen.map(numberOf)).size).toBe(7);
    expect(seen.every((delivery) => delivery.attempt === 0)).toBe(true);
    expect(await transport().drainDead()).toHaveLength(0);
  });

  it('is not delayed for one system by the slowness of another', async () => {
    const [slow, quick] = transport().systems;
    const never = gate();
    const seen: Delivery[] = [];
    let stuck = 0;
    consume({
      system: slow,
      handle: async (deliveries) => {
        stuck += deliveries.length;
        await never.opened;
        return answers(deliveries, () => done());
      },
    });
    consume({ ...collect(seen), system: quick });
    await publish(5, slow);
    await until('the slow system is stuck', () => stuck > 0);
    await publish(100, quick);
    await until('the quick one is done', () => seen.length === 100, 5_000);
    never.open();
  });

  it('pushes nobody back when the journal is full', async () => {
    const seen: Delivery[] = [];
    consume(collect(seen));
    // One after the other: what is published together may lie in the journal as one.
    const many = transport().journalHolds * 3;
    for (let sent = 0; sent < many; sent++) await publish(1);
    await publish(200);
    await until('all came', () => seen.length === many + 200);
    await until('the journal dropped its head', async () => {
      const depth = await transport().journalDepth();
      return depth > 0 && depth <= transport().journalHolds;
    });
  });
}
