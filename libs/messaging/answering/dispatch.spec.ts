import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failed, makeEvent, type CloudEvent } from '#contracts';
import { RefusedByBrokerError } from '../broker/broker.js';
import type { Delivery } from './delivery.js';
import { dispatch as dispatchAndPublish, type BatchHandler } from './dispatch.js';
import { UnroutableError } from '../publishing/publisher.js';
import { answers, dead, done } from './outcome.js';

const delivery = (code: string): Delivery => ({
  event: makeEvent('itk.enrolment.due.v1', { system: 'lms', code }, { service: 'test' }),
  attempt: 0,
  queue: 'q',
  system: 'lms',
  traceparent: '00-0-0-01',
});
const codeOf = (each: Delivery): string => (each.event.data as { code: string }).code;

/** The outcomes in the order of the messages; what follows goes into `follow`. */
async function dispatch(deliveries: Delivery[], handler: BatchHandler, follow: CloudEvent[] = []) {
  const given = await dispatchAndPublish(deliveries, handler, async (events) => void follow.push(...events));
  return deliveries.map((each) => given.get(each)!);
}

describe('dispatch', () => {
  it('gives the bad messages, and only them, the failure; in few calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 64 }), async (bad) => {
        const deliveries = bad.map((_, index) => delivery(`${index}`));
        let calls = 0;
        const outcomes = await dispatch(deliveries, (batch) => {
          calls++;
          if (batch.some((each) => bad[Number(codeOf(each))])) throw failed('student', 'x', { ru: '', en: '' });
          return Promise.resolve(answers(batch, () => done()));
        });
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(bad.map((isBad) => (isBad ? 'dead' : 'done')));
        const count = bad.filter(Boolean).length;
        const depth = Math.ceil(Math.log2(bad.length)) + 1;
        expect(calls).toBeLessThanOrEqual(1 + 2 * count * depth);
      }),
    );
  });

  it.each(['outage', 'configuration'] as const)('does not divide a batch for an error of kind %s', async (kind) => {
    let calls = 0;
    const outcomes = await dispatch([delivery('1'), delivery('2')], () => {
      calls++;
      throw failed(kind, 'x', { ru: '', en: '' });
    });
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['handBack', 'handBack']);
    expect(calls).toBe(1);
  });

  it('keeps what one half did when the other half meets an outage', async () => {
    const outcomes = await dispatch(['0', '1', '2', '3'].map(delivery), (batch) => {
      const codes = batch.map(codeOf);
      if (codes.length === 4) throw failed('student', 'x', { ru: '', en: '' });
      if (codes.includes('3')) throw failed('outage', 'x', { ru: '', en: '' });
      return Promise.resolve(answers(batch, () => done()));
    });
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['done', 'done', 'handBack', 'handBack']);
  });

  it('sends an unexpected error of one message up the ladder', async () => {
    const outcomes = await dispatch([delivery('1')], () => Promise.reject(new TypeError('x is not a function')));
    expect(outcomes[0]).toMatchObject({ kind: 'retry', failure: { kind: 'temporary', cause: 'unexpected-error' } });
  });

  it('does not trust a handler that answers for fewer messages than it was given', async () => {
    const outcomes = await dispatch([delivery('1'), delivery('2')], (batch) =>
      Promise.resolve(new Map([[batch[0]!, done()]])),
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['done', 'done']); // each asked again alone
  });

  it.each([
    ['nothing at all', () => undefined as never],
    [
      'also for a message that it was not given',
      (batch: Delivery[]) => answers([...batch, delivery('2')], () => done()),
    ],
  ])('takes it for a fault of the program that a handler answers %s', async (_, answer) => {
    const [outcome] = await dispatch([delivery('1')], (batch) => Promise.resolve(answer(batch)));
    expect(outcome).toMatchObject({ kind: 'retry', failure: { about: 'AnswersMissingError' } });
  });

  it('publishes nothing where nothing follows', async () => {
    let published = 0;
    const publish = () => Promise.resolve(void published++);
    const { failure } = failed('student', 'x', { ru: '', en: '' });
    for (const outcome of [done(), dead(failure)])
      await dispatchAndPublish([delivery('1')], (batch) => Promise.resolve(answers(batch, () => outcome)), publish);
    expect(published).toBe(0);
  });

  it('starts at the 15-minute step after a timeout', async () => {
    const error = Object.assign(failed('temporary', 'timeout', { ru: '', en: '' }), { timedOut: true });
    expect((await dispatch([delivery('1')], () => Promise.reject(error)))[0]).toMatchObject({ from: '15m' });
  });

  it('takes answers in any order, and publishes what follows those that are done', async () => {
    const deliveries = ['0', '1', '2', '3'].map(delivery);
    const follow: CloudEvent[] = [];
    const given = await dispatch(
      deliveries,
      (batch) => {
        const codes = batch.map(codeOf);
        if (codes.includes('3') && codes.length > 1) throw failed('student', 'x', { ru: '', en: '' });
        const outcomeFor = (each: Delivery) =>
          codeOf(each) === '3' ? dead(failed('student', 'x', { ru: '', en: '' }).failure) : done([each.event]);
        return Promise.resolve(answers([...batch].reverse(), outcomeFor));
      },
      follow,
    );
    expect(given.map((outcome) => outcome.kind)).toEqual(['done', 'done', 'done', 'dead']);
    expect(follow.map((each) => each.subject).sort()).toEqual(['0', '1', '2']);
  });

  it('nothing is done whose follow the broker did not take, and nobody is divided for it', async () => {
    let calls = 0;
    const deliveries = [delivery('0'), delivery('1')];
    const given = await dispatchAndPublish(
      deliveries,
      (batch) => (calls++, Promise.resolve(answers(batch, (each) => done(codeOf(each) === '0' ? [each.event] : [])))),
      () => Promise.reject(new RefusedByBrokerError('full')),
    );
    expect(deliveries.map((each) => given.get(each))).toMatchObject([
      { kind: 'handBack', failure: { cause: 'broker-away' } },
      { kind: 'handBack', failure: { cause: 'broker-away' } },
    ]);
    expect(calls).toBe(1);
  });

  it('a follow that no queue takes keeps back its own message only', async () => {
    const deliveries = ['0', '1', '2', '3'].map(delivery);
    const given = await dispatchAndPublish(
      deliveries,
      (batch) => Promise.resolve(answers(batch, (each) => done([each.event]))),
      (events) =>
        events.some(({ subject }) => subject === '2') ? Promise.reject(new UnroutableError('x')) : Promise.resolve(),
    );
    expect(deliveries.map((each) => given.get(each)!.kind)).toEqual(['done', 'done', 'retry', 'done']);
  });
});
