import { expect, it } from '@jest/globals';
import type { Delivery } from '../answering/delivery.js';
import { alwaysOpen } from '../testing/guards.js';
import { answers, done } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { gate, numberOf, pausable, until } from './tools.js';

/** Queues, connections, brokers and processes may go at any moment. */
export function outlivesWhatBreaks({ consume, collect, event, publish, transport }: Setup): void {
  it('goes on when its queue is deleted under it', async () => {
    const seen: Delivery[] = [];
    consume(collect(seen));
    await publish(1);
    await until('the first came', () => seen.length === 1);
    await transport().deleteQueue();
    await until('the queue stands again', () =>
      transport()
        .publish(event())
        .then(
          () => true,
          () => false,
        ),
    );
    await until('the second came', () => seen.length === 2);
  });

  it('goes on when the broker closes its connections', async () => {
    const seen = new Set<number>();
    consume({
      handle: (deliveries) => {
        deliveries.forEach((delivery) => seen.add(numberOf(delivery)));
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    await publish(5);
    await until('the first came', () => seen.size === 5);
    await transport().cutConnections();
    const next = event();
    await until('publishing works again', () =>
      transport()
        .publish(next)
        .then(
          () => true,
          () => false,
        ),
    );
    await until('the next came', () => seen.has(6));
  });

  it('doubles nothing that was not begun when its connection breaks', async () => {
    const hold = gate();
    const seen: number[] = [];
    let inHand = 0;
    consume({
      size: 5,
      handle: async (deliveries) => {
        inHand += deliveries.length;
        await hold.opened;
        seen.push(...deliveries.map(numberOf));
        return answers(deliveries, () => done());
      },
    });
    await publish(20);
    await until('some are in hand', () => inHand > 0);
    const begun = inHand;
    await transport().cutConnections();
    hold.open();
    await until('all were handled', () => new Set(seen).size === 20);
    await until(
      'none is left',
      async () =>
        (await transport()
          .waiting()
          .catch(() => 1)) === 0,
    );
    expect(seen.length).toBeLessThanOrEqual(20 + begun);
  });

  it('loses nothing when the broker is restarted with messages in hand', async () => {
    const hold = gate();
    const seen = new Set<number>();
    let inHand = 0;
    consume({
      size: 5,
      handle: async (deliveries) => {
        inHand += deliveries.length;
        await hold.opened;
        deliveries.forEach((delivery) => seen.add(numberOf(delivery)));
        return answers(deliveries, () => done());
      },
    });
    await publish(20);
    await until('some are in hand', () => inHand > 0);
    await transport().restartBroker();
    hold.open();
    await until('all were handled', () => seen.size === 20, 40_000);
    await until(
      'none is left',
      async () =>
        (await transport()
          .waiting()
          .catch(() => 1)) === 0,
    );
  }, 90_000);

  it('lets a standby take over when the active consumer dies', async () => {
    const never = gate();
    const seen = new Set<number>();
    let taken = 0;
    const active = consume({
      handle: async (deliveries) => {
        taken += deliveries.length;
        await never.opened;
        return answers(deliveries, () => done());
      },
    });
    await publish(3);
    await until('the active one has them', () => taken > 0);
    consume({
      handle: (deliveries) => {
        deliveries.forEach((delivery) => seen.add(numberOf(delivery)));
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    await active.die();
    await until('the standby handled all', () => seen.size === 3);
    never.open();
  });

  it('lets no standby take over when the active consumer pauses', async () => {
    const [first, second] = [[] as Delivery[], [] as Delivery[]];
    const guard = pausable();
    consume({ ...collect(first), guard });
    await publish(1);
    await until('the active one works', () => first.length === 1);
    consume({ ...collect(second), guard: alwaysOpen() });
    guard.pause();
    await publish(5);
    await until('all wait', async () => (await transport().waiting()) === 5);
    guard.resume();
    await until('the same one goes on', () => first.length === 6);
    expect(second).toHaveLength(0);
  });
}
