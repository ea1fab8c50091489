import { expect, it } from '@jest/globals';
import { failed, makeEvent, type CloudEvent } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import { answers, dead, done, superseded, type Outcome } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { gate, numberOf, until } from './tools.js';
import type { ConsumeWith } from './transport.js';

const hopeless = failed('student', 'bad-name', { ru: 'плохое имя', en: 'a bad name' }).failure;

/** Nothing is lost: what follows a message is published and confirmed, and only then the message is acknowledged. */
export function publishesWhatFollows(setup: Setup): void {
  /** What follows a message of the first system waits in the queue of the second. */
  const next = (delivery: Delivery, system = setup.transport().systems[1]): CloudEvent =>
    makeEvent(
      'itk.binding.changed.v1',
      { system, curriculum: 'next', semester: 1, courses: [], sequence: numberOf(delivery) },
      { service: 'test', traceparent: delivery.traceparent },
    );
  /** Numbers of the events that followed, as they came. */
  const followers = (): number[] => {
    const came: number[] = [];
    setup.consume({
      system: setup.transport().systems[1],
      handle: (deliveries) => {
        came.push(...deliveries.map(numberOf));
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    return came;
  };
  const handling = (outcomeFor: (delivery: Delivery) => Outcome): ConsumeWith => ({
    handle: (deliveries) => Promise.resolve(answers([...deliveries].reverse(), outcomeFor)),
  });
  const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const sorted = (all: Iterable<number>): number[] => [...all].sort((one, other) => one - other);

  it('publishes what follows once, also beside a dead neighbour; answers come in any order', async () => {
    const came = followers();
    await setup.publish(20);
    setup.consume(
      handling((delivery) => {
        const number = numberOf(delivery);
        return number === 7 ? dead(hopeless) : number === 8 ? superseded() : done([next(delivery)]);
      }),
    );
    await until('what follows came', () => came.length === 18);
    expect(sorted(came)).toEqual(numbers(1, 20).filter((number) => number !== 7 && number !== 8));
    const letters = await setup.transport().drainDead();
    expect(letters.map(({ body }) => (JSON.parse(body.toString()) as { data: object }).data)).toMatchObject([
      { sequence: 7 },
    ]);
    expect(await setup.transport().waiting()).toBe(0);
  });

  it('publishes what follows the half that went through though the other half failed', async () => {
    const came = followers();
    await setup.publish(8);
    setup.consume({
      handle: (deliveries) => {
        if (deliveries.some((delivery) => numberOf(delivery) === 5)) throw failed('student', 'x', { ru: '', en: '' });
        return Promise.resolve(answers(deliveries, (delivery) => done([next(delivery)])));
      },
    });
    await until('the others went through', () => came.length === 7);
    expect(sorted(came)).toEqual([1, 2, 3, 4, 6, 7, 8]);
    expect(await setup.transport().drainDead()).toHaveLength(1);
  });

  it('acknowledges nothing when it dies before what follows is confirmed: it may be repeated, and is never missing', async () => {
    await setup.publish(10);
    const [answered, go] = [gate(), gate()];
    const dying = setup.consume({
      handle: async (deliveries) => {
        answered.open();
        await go.opened;
        return answers(deliveries, (delivery) => done([next(delivery)]));
      },
    });
    await answered.opened;
    await dying.die();
    go.open();
    await until('all wait again', async () => (await setup.transport().waiting()) === 10);
    const came = followers();
    setup.consume(handling((delivery) => done([next(delivery)])));
    await until('what follows came', () => new Set(came).size === 10);
    await until('none is left', async () => (await setup.transport().waiting()) === 0);
  });

  it('loses nothing that follows when the connections are cut in the middle', async () => {
    const came = followers();
    const [answered, go] = [gate(), gate()];
    setup.consume({
      size: 5,
      handle: async (deliveries) => {
        answered.open();
        await go.opened;
        return answers(deliveries, (delivery) => done([next(delivery)]));
      },
    });
    await setup.publish(20);
    await answered.opened;
    await setup.transport().cutConnections();
    go.open();
    await until('what follows came', () => new Set(came).size === 20);
    await until(
      'none is left',
      async () =>
        (await setup
          .transport()
          .waiting()
          .catch(() => 1)) === 0,
    );
    expect(sorted(new Set(came))).toEqual(numbers(1, 20));
  });

  it('does not acknowledge what is followed by an event that no queue takes; its neighbours go through', async () => {
    const came = followers();
    await setup.publish(6);
    let lost = true;
    setup.consume(
      handling((delivery) =>
        done([lost && numberOf(delivery) === 3 ? next(delivery, 'no-such-system') : next(delivery)]),
      ),
    );
    await until('the neighbours went through', () => came.length >= 5);
    expect(new Set(came)).toEqual(new Set([1, 2, 4, 5, 6]));
    expect((await setup.transport().waiting()) + (await setup.transport().elsewhere())).toBeLessThanOrEqual(1);
    lost = false;
    await until('its turn came again', () => came.includes(3));
  });
}
