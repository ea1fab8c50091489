import { expect, it } from '@jest/globals';
import { failed, makeEvent } from '#contracts';
import type { Delivery } from '../answering/delivery.js';
import { answers, dead, done, retry } from '../answering/outcome.js';
import type { Setup } from './setup.js';
import { numberOf, until } from './tools.js';
import type { TransportUnderTest } from './transport.js';

const passing = failed('temporary', 'test', { ru: 'проба', en: 'a passing trouble' }).failure;
const hopeless = failed('student', 'bad-name', { ru: 'плохое имя', en: 'a bad name' }).failure;

/** A message that fails is tried again, buried or ends as a crash: alone, and with its bytes. */
export function failsByItself({ consume, collect, event, publish, transport }: Setup): void {
  it('retries with growing delays, alone, and buries when the ladder is used up', async () => {
    const tries: { time: number; attempt: number; together: number }[] = [];
    consume({
      handle: (deliveries) => {
        for (const { attempt } of deliveries) tries.push({ time: Date.now(), attempt, together: deliveries.length });
        return Promise.resolve(answers(deliveries, () => retry(passing)));
      },
    });
    await publish(1);
    let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    await until('it died', async () => (letters = await transport().drainDead()).length > 0);
    expect(tries.map((each) => each.attempt)).toEqual([0, 1, 2, 3, 4, 5]);
    const gaps = tries.slice(1).map((each, index) => each.time - tries[index]!.time);
    gaps.forEach((gap, index) => expect(gap).toBeGreaterThanOrEqual(transport().waits[index]! - 5));
    expect(tries.slice(1).every((each) => each.together === 1)).toBe(true);
    expect(letters[0]!.headers).toMatchObject({ 'x-itk-kind': 'temporary', 'x-attempt': 5 });
  });

  it('buries at once what no retry can help, with kind and reason in both languages', async () => {
    const seen: Delivery[] = [];
    consume(collect(seen, () => dead(hopeless)));
    const sent = event();
    await transport().publish(sent);
    let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    await until('it died', async () => (letters = await transport().drainDead()).length > 0);
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
    await transport().inject(body);
    let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    await until('it died', async () => (letters = await transport().drainDead()).length > 0);
    expect(letters[0]!.body.equals(body)).toBe(true);
    expect(letters[0]!.headers['x-itk-kind']).toBe('contract');
  });

  it('buries an event that no handler takes', async () => {
    const stray = makeEvent('itk.enrolment.due.v1', { system: transport().systems[0], code: '1' }, { service: 'test' });
    consume(collect([]));
    await transport().inject(Buffer.from(JSON.stringify(stray)));
    let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    await until('it died', async () => (letters = await transport().drainDead()).length > 0);
    expect(letters[0]!.headers['x-itk-cause']).toBe('no-handler');
  });

  it('divides a failing batch: only the bad message suffers, in the same pass', async () => {
    const good = new Set<number>();
    await publish(16);
    consume({
      size: 16,
      handle: (deliveries) => {
        if (deliveries.some((delivery) => numberOf(delivery) === 11)) throw failed('student', 'x', { ru: '', en: '' });
        deliveries.forEach((delivery) => good.add(numberOf(delivery)));
        return Promise.resolve(answers(deliveries, () => done()));
      },
    });
    let letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    await until(
      'the bad one died',
      async () => (letters = [...letters, ...(await transport().drainDead())]).length > 0,
    );
    await until('the others went through', () => good.size === 15);
    expect(letters).toHaveLength(1);
  });

  it('ends a message that kills its process as a crash, and spares its neighbours', async () => {
    await publish(12);
    const killer = 5;
    const survivors = new Set<number>();
    const letters: Awaited<ReturnType<TransportUnderTest['drainDead']>> = [];
    const drain = async () => letters.push(...(await transport().drainDead()));
    let deaths = 0;
    while (letters.length === 0 && deaths < 40) {
      let dying = false;
      const consumer = transport().consume({
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
}
