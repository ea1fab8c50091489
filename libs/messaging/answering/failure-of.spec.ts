import { describe, expect, it } from '@jest/globals';
import { QueryFailedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { ContractError, failed } from '#contracts';
import { BrokerUnavailableError, RefusedByBrokerError } from '../broker/broker.js';
import { failureOf } from './failure-of.js';

const sql = (code: string, message = 'x') =>
  new QueryFailedError('select 1', [], Object.assign(new Error(message), { code }));

describe('what a thrown thing means', () => {
  it.each([
    ['the database is shutting down', sql('57P01'), 'outage'],
    ['the database refuses connections', Object.assign(sql('ECONNREFUSED')), 'outage'],
    ['the pool lost its connection', new Error('Connection terminated unexpectedly'), 'outage'],
    [
      'a connection lost between two statements of a transaction',
      new QueryRunnerProviderAlreadyReleasedError(),
      'outage',
    ],
    [
      'a lock whose connection is lost',
      Object.assign(new Error('x'), { name: 'ConnectionLostError', code: 'ECONNREFUSED' }),
      'outage',
    ],
    ['the database takes no more connections', sql('53300'), 'outage'],
    ['the database is full', sql('53100'), 'outage'],
    ['the database is read-only', sql('25006'), 'outage'],
    ['a file of the database fails', sql('58030'), 'outage'],
    ['the database was dropped', sql('57P04'), 'outage'],
    ['a statement was cancelled', sql('57014'), 'outage'],
    ...[
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'EPIPE',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
    ].map((code): [string, unknown, string] => [
      `a bare socket of the database: ${code}`,
      Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' }),
      'outage',
    ]),
    ['the password of the database is wrong', sql('28P01'), 'configuration'],
    ['a publish whose connection broke', new BrokerUnavailableError('x'), 'outage'],
    ['a publish that the broker refused', new RefusedByBrokerError('x'), 'outage'],
    ['a value that a column refuses', sql('22001'), 'temporary'],
    ['a text that the database cannot hold', sql('22021'), 'contract'],
    ['JSON that the database cannot hold', sql('22P05'), 'contract'],
    ['a broken contract', new ContractError('data.code: required'), 'contract'],
    ['a client that names its failure', failed('course', 'course-missing', { ru: '', en: '' }), 'course'],
    ['a fault of the program', new TypeError('x'), 'temporary'],
    ['an error that carries something else by that name', Object.assign(new Error('x'), { failure: {} }), 'temporary'],
    [
      'a refused connection of somebody else',
      Object.assign(new Error('fetch failed'), { code: 'ECONNREFUSED' }),
      'temporary',
    ],
    ['not even an error', undefined, 'temporary'],
  ])('%s', (_, error, kind) => {
    expect(failureOf(error).kind).toBe(kind);
  });
});
