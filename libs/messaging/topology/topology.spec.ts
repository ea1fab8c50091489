import { describe, expect, it } from '@jest/globals';
import { consumers, eventTypes, routingKey, routingKeysOf } from '#contracts';
import { journalExchange, journalKey, topologyOf } from './topology.js';

const queues = new Map(topologyOf(['lms']).map((queue) => [queue.name, queue]));

describe('the topology of a system', () => {
  it('has a work queue, a dead-letter queue and five steps for each consumer, and one journal', () => {
    expect(queues.size).toBe(Object.keys(consumers).length * 7 + 1);
  });

  it('makes work queues quorum queues with one active consumer that lose nothing on the way to the dead letters', () => {
    expect(queues.get('user-provisioner.lms')?.arguments).toEqual({
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-delivery-limit': 20,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'user-provisioner.lms.dead',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    });
  });

  it('never lets the broker drop a waiting or a dead message', () => {
    for (const name of ['user-provisioner.lms.dead', 'user-provisioner.lms.retry.10s'])
      expect(queues.get(name)?.arguments['x-delivery-limit']).toBe(1_000_000);
    expect(queues.get('user-provisioner.lms.retry.1h')?.arguments['x-message-ttl']).toBe(3_600_000);
  });

  it('keeps the journal off the exchange of the work queues, so that mandatory has a meaning', () => {
    expect(queues.get('console.lms')?.from).toBe(journalExchange);
    expect(queues.get('console.lms')?.arguments).toMatchObject({ 'x-overflow': 'drop-head' });
  });

  it('brings the journal everything of its system', () => {
    expect(queues.get('console.lms')?.bindings).toEqual(['lms.#']);
    expect([...routingKeysOf('lms'), journalKey('lms')].filter((key) => !key.startsWith('lms.'))).toEqual([]);
  });

  it('has a taker for every event of the house', () => {
    const taken = new Set([...queues.values()].filter((queue) => !queue.from).flatMap((queue) => queue.bindings));
    expect([...taken].sort()).toEqual(routingKeysOf('lms').sort());
    expect(routingKey('lms', eventTypes.StudentChanged)).toBe('lms.student.changed');
  });

  it('brings the outcomes of files to the gateway alone, and those of 1C to the reporters alone', () => {
    const takers = (origin: 'onec' | 'ims') =>
      [...queues.values()]
        .filter(({ bindings }) => bindings.includes(routingKey('lms', eventTypes.SynchronizationFailed, origin)))
        .map(({ name }) => name);
    expect(takers('onec')).toEqual(['success-reporter.lms', 'error-flagger.lms']);
    expect(takers('ims')).toEqual(['ims-gateway.lms']);
    expect(routingKey('lms', eventTypes.StudentChanged, 'ims')).toBe('lms.student.changed');
  });
});
