import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { failed, makeEvent, type CloudEvent } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import { alwaysOpen, type Guard } from '../answering/guard.js';
import { publishesWhatFollows } from './following.js';
import { keepsTheirNumber } from './number.js';
import { gate, numberOf, pausable, until } from './tools.js';
import { triesOneByOne } from './trials.js';
import { answers, dead, done, handBack, retry, superseded, type Outcome } from '../answering/outcome.js';
import type { ConsumeWith, RunningConsumer, TransportUnderTest } from './transport.js';

const passing = failed('temporary', 'test', { ru: 'проба', en: 'a passing trouble' }).failure;
const hopeless = failed('student', 'bad-name', { ru: 'плохое имя', en: 'a bad name' }).failure;
const away = failed('outage', 'away', { ru: 'недоступен', en: 'away' }).failure;

/** The behaviour every transport of the house owes its services. `make` is called before each test. */
export function conformance(name: string, make: () => Promise<TransportUnderTest>, end: () => Promise<void>): void {
  describe(`${name} keeps the transport's promises`, () => {
    let transport: TransportUnderTest;
    let running: RunningConsumer[];
    let serial: number;

    beforeAll(() => undefined);
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

    const event = (system = transport.systems[0], text = ''): CloudEvent =>
      makeEvent(
        'itk.binding.changed.v1',
        { system, curriculum: `c${text}`, semester: 1, courses: [], sequence: ++serial },
        { service: 'test' },
      );
    const publish = async (count: number, system?: string): Promise<void> => {
      await Promise.all(Array.from({ length: count }, () => transport.publish(event(system))));
    };
    const consume = (how: ConsumeWith): RunningConsumer => {
      const consumer = transport.consume(how);
      running.push(consumer);
      return consumer;
    };
    /** Handles one by one and remembers what came. */
    const collect = (seen: Delivery[], answer: (delivery: Delivery) => Outcome = () => done()) => ({
      handle: (deliveries: Delivery[]) => {
        seen.push(...deliveries);
        return Promise.resolve(answers(deliveries, answer));
      },
    });

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

    it('retries with growing delays, alone, and buries when the ladder is used up', async () => {
      const tries: { at: number; attempt: number; together: number }[] = [];
      consume({
        handle: (deliveries) => {
          for (const { attempt } of deliveries) tries.push({ at: Date.now(), attempt, together: deliveries.length });
          return Promise.resolve(answers(deliveries, () => retry(passing)));
        },
      });
      await publish(1);
      let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      await until('it died', async () => (letters = await transport.drainDead()).length > 0);
      expect(tries.map((each) => each.attempt)).toEqual([0, 1, 2, 3, 4, 5]);
      const gaps = tries.slice(1).map((each, index) => each.at - tries[index]!.at);
      gaps.forEach((gap, index) => expect(gap).toBeGreaterThanOrEqual(transport.waits[index]! - 5));
      expect(tries.slice(1).every((each) => each.together === 1)).toBe(true);
      expect(letters[0]!.headers).toMatchObject({ 'x-itk-kind': 'temporary', 'x-attempt': 5 });
    });

    it('buries at once what no retry can help, with kind and reason in both languages', async () => {
      const seen: Delivery[] = [];
      consume(collect(seen, () => dead(hopeless)));
      const sent = event();
      await transport.publish(sent);
      let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      await until('it died', async () => (letters = await transport.drainDead()).length > 0);
      expect(seen).toHaveLength(1);
      expect(JSON.parse(letters[0]!.body.toString())).toEqual(JSON.parse(JSON.stringify(sent)));
      expect(letters[0]!.headers).toMatchObject({
        'x-itk-kind': 'student',
        'x-itk-cause': 'bad-name',
        'x-itk-reason-ru': 'плохое имя',
        'x-itk-reason-en': 'a bad name',
      });
    });

    it('keeps the bytes of a body that is not JSON', async () => {
      const body = Buffer.from([0x7b, 0xff, 0x00, 0x22, 0xc3, 0x28]);
      consume(collect([]));
      await transport.inject(body);
      let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      await until('it died', async () => (letters = await transport.drainDead()).length > 0);
      expect(letters[0]!.body.equals(body)).toBe(true);
      expect(letters[0]!.headers['x-itk-kind']).toBe('contract');
    });

    it('buries an event that no handler takes', async () => {
      const stray = makeEvent('itk.enrolment.due.v1', { system: transport.systems[0], code: '1' }, { service: 'test' });
      consume(collect([]));
      await transport.inject(Buffer.from(JSON.stringify(stray)));
      let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      await until('it died', async () => (letters = await transport.drainDead()).length > 0);
      expect(letters[0]!.headers['x-itk-cause']).toBe('no-handler');
    });

    it('divides a failing batch: only the bad message suffers, in the same pass', async () => {
      const good = new Set<number>();
      await publish(16);
      consume({
        size: 16,
        handle: (deliveries) => {
          if (deliveries.some((delivery) => numberOf(delivery) === 11))
            throw failed('student', 'x', { ru: '', en: '' });
          deliveries.forEach((delivery) => good.add(numberOf(delivery)));
          return Promise.resolve(answers(deliveries, () => done()));
        },
      });
      let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      await until(
        'the bad one died',
        async () => (letters = [...letters, ...(await transport.drainDead())]).length > 0,
      );
      await until('the others went through', () => good.size === 15);
      expect(letters).toHaveLength(1);
    });

    it('is not stalled by more failures than it prefetches', async () => {
      const seen: Delivery[] = [];
      const fates = [retry(passing), dead(hopeless), superseded()];
      consume({
        ...collect(seen, (delivery) => (delivery.attempt ? done() : fates[numberOf(delivery) % 3]!)),
        size: 5,
      });
      await publish(60);
      await until('all came, and the retried ones twice', () => seen.length === 80);
    });

    it('goes on when its queue is deleted under it', async () => {
      const seen: Delivery[] = [];
      consume(collect(seen));
      await publish(1);
      await until('the first came', () => seen.length === 1);
      await transport.deleteQueue();
      await until('the queue stands again', () =>
        transport.publish(event()).then(
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
      await transport.cutConnections();
      const next = event();
      await until('publishing works again', () =>
        transport.publish(next).then(
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
      await transport.cutConnections();
      hold.open();
      await until('all were handled', () => new Set(seen).size === 20);
      await until('none is left', async () => (await transport.waiting().catch(() => 1)) === 0);
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
      await transport.restartBroker();
      hold.open();
      await until('all were handled', () => seen.size === 20, 40_000);
      await until('none is left', async () => (await transport.waiting().catch(() => 1)) === 0);
    }, 90_000);

    it('notices a publish to nowhere', async () => {
      await expect(transport.publishToNowhere()).rejects.toThrow(/no queue takes/);
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
      expect(await transport.waiting()).toBe(10 - first.length);
      const rest: Delivery[] = [];
      consume(collect(rest));
      await until('the rest came', () => rest.length === 10 - first.length);
      expect(new Set([...first, ...rest].map(numberOf)).size).toBe(10);
    });

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
      await until('all wait', async () => (await transport.waiting()) === 5);
      guard.resume();
      await until('the same one goes on', () => first.length === 6);
      expect(second).toHaveLength(0);
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
      expect(await transport.drainDead()).toHaveLength(0);
    });

    publishesWhatFollows({ transport: () => transport, publish, consume });
    keepsTheirNumber({ transport: () => transport, publish, consume });
    triesOneByOne({ publish, consume });

    it('ends a message that kills its process as a crash, and spares its neighbours', async () => {
      await publish(12);
      const killer = 5;
      const survivors = new Set<number>();
      const letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
      const drain = async () => letters.push(...(await transport.drainDead()));
      let deaths = 0;
      while (letters.length === 0 && deaths < 40) {
        let dying = false;
        const consumer = transport.consume({
          size: 4,
          handle: (deliveries) => {
            if (deliveries.some((delivery) => numberOf(delivery) === killer)) {
              dying = true;
              return new Promise(() => {}); // the process is gone before it answers
            }
            deliveries.forEach((delivery) => survivors.add(numberOf(delivery)));
            return Promise.resolve(answers(deliveries, () => done()));
          },
        });
        await until('the killer came or died', async () => dying || (await drain()) > 0);
        deaths += dying ? 1 : 0;
        await consumer.die();
      }
      consume(collect([], (delivery) => (survivors.add(numberOf(delivery)), done())));
      await until('all neighbours went through', () => survivors.size === 11);
      expect(deaths).toBeGreaterThanOrEqual(20);
      expect(letters).toHaveLength(1);
      expect(letters[0]!.headers['kind']).toBe('crash');
      expect(JSON.parse(letters[0]!.body.toString()).data.sequence).toBe(killer);
    }, 120_000);

    it('is not delayed for one system by the slowness of another', async () => {
      const [slow, quick] = transport.systems;
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
      const many = transport.journalHolds * 3;
      for (let sent = 0; sent < many; sent++) await publish(1);
      await publish(200);
      await until('all came', () => seen.length === many + 200);
      await until('the journal dropped its head', async () => {
        const depth = await transport.journalDepth();
        return depth > 0 && depth <= transport.journalHolds;
      });
    });
  });
}
