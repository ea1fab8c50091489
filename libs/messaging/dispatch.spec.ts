import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failed, makeEvent } from '#contracts';
import type { Delivery } from './delivery.js';
import { dispatch } from './dispatch.js';
import { done } from './outcome.js';

const delivery = (code: string): Delivery => ({
  event: makeEvent('itk.enrolment.due.v1', { system: 'lms', code }, { service: 'test' }),
  attempt: 0,
  queue: 'q',
  system: 'lms',
  traceparent: '00-0-0-01',
});
const codeOf = (each: Delivery): string => (each.event.data as { code: string }).code;

describe('dispatch', () => {
  it('gives the bad messages, and only them, the failure; in few calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 64 }), async (bad) => {
        const deliveries = bad.map((_, index) => delivery(`${index}`));
        let calls = 0;
        const outcomes = await dispatch(deliveries, (batch) => {
          calls++;
          if (batch.some((each) => bad[Number(codeOf(each))])) throw failed('student', 'x', { ru: '', en: '' });
          return Promise.resolve(batch.map(() => done()));
        });
        expect(outcomes.map((outcome) => outcome.did)).toEqual(bad.map((isBad) => (isBad ? 'dead' : 'done')));
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
    expect(outcomes.map((outcome) => outcome.did)).toEqual(['handBack', 'handBack']);
    expect(calls).toBe(1);
  });

  it('keeps what one half did when the other half meets an outage', async () => {
    const outcomes = await dispatch(['0', '1', '2', '3'].map(delivery), (batch) => {
      const codes = batch.map(codeOf);
      if (codes.length === 4) throw failed('student', 'x', { ru: '', en: '' });
      if (codes.includes('3')) throw failed('outage', 'x', { ru: '', en: '' });
      return Promise.resolve(batch.map(() => done()));
    });
    expect(outcomes.map((outcome) => outcome.did)).toEqual(['done', 'done', 'handBack', 'handBack']);
  });

  it('sends an unexpected error of one message up the ladder', async () => {
    const outcomes = await dispatch([delivery('1')], () => Promise.reject(new TypeError('x is not a function')));
    expect(outcomes[0]).toMatchObject({ did: 'retry', failure: { kind: 'temporary', cause: 'unexpected-error' } });
  });

  it('does not trust a handler that answers for fewer messages than it was given', async () => {
    const outcomes = await dispatch([delivery('1'), delivery('2')], () => Promise.resolve([done()]));
    expect(outcomes.map((outcome) => outcome.did)).toEqual(['done', 'done']); // each asked again alone
  });

  it('starts at the 15-minute step after a timeout', async () => {
    const error = Object.assign(failed('temporary', 'timeout', { ru: '', en: '' }), { timedOut: true });
    expect((await dispatch([delivery('1')], () => Promise.reject(error)))[0]).toMatchObject({ from: '15m' });
  });
});
