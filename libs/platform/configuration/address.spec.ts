import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { problemsOfAddress } from './address.js';

const english = (part: 'database' | 'broker', address: string) =>
  problemsOfAddress(part, address).map(({ what, mend }) => `${what.en}: ${mend.en}`);

describe('addresses that are well', () => {
  test.each([
    'postgres://itk:geheim@db.example.edu:5432/itk',
    'postgresql://itk:a%23b%25c%40d%2Fe%3A@db/itk?sslmode=verify-full&sslrootcert=/run/secrets/ca.pem',
    'postgres://itk@db/itk',
    'postgres:///itk?host=/var/run/postgresql',
  ])('%s', (address) => expect(english('database', address)).toEqual([]));
  test.each([
    'amqp://mq',
    'amqp://itk:geheim@mq:5672',
    'amqps://itk:a%23b@mq/itk',
    'amqp://mq?heartbeat=10',
    'amqp://itk:geheim@mq/%2F',
    'amqps://itk:geheim@mq:5671/itk?cacertfile=/run/itk/ca.pem&certfile=/run/itk/cert.pem&keyfile=/run/itk/key.pem',
  ])('%s', (address) => expect(english('broker', address)).toEqual([]));
});

test.each<['database' | 'broker', string, RegExp]>([
  ['database', 'postgres://itk:ge#heim@db/itk', /means something else in an address: #: write instead: %23/],
  ['database', 'postgres://itk:100%@db/itk', /: %: write instead: %25/],
  ['database', 'postgres://itk:a/b?c@d@db/itk', /: \/ \? @: write instead: %2F %3F %40/],
  ['broker', 'amqp://itk:ge#heim@mq/itk', /write instead: %23/],
  ['broker', 'amqp://itk:100%zz@mq', /write instead: %25/],
  ['database', 'postgres://itk:100%4z@db/itk', /: %: write instead: %25/],
  ['database', 'postgres://itk:a b@db/itk', /: ␠: write instead: %20/],
  ['broker', 'amqp://itk:geheim@mq/', /no vhost follows it/],
  ['broker', 'amqp://itk:geheim@mq:abc', /no address: write amqp:/],
  ['broker', 'amqps://itk:geheim@mq?cacertfil=/ca.pem', /no parameter "cacertfil": probably "cacertfile" is meant/],
  ['broker', 'amqp://itk:geheim@mq?cacertfile=/ca.pem', /cacertfile is for TLS only: .*amqps/],
  ['broker', 'amqps://itk:geheim@mq?certfile=/cert.pem', /certfile and keyfile belong together/],
  ['database', 'postgres://itk:geheim@db/', /no database is named/],
  ['database', 'postgres://itk:geheim@db', /no database is named/],
  ['database', 'postgres://itk:geheim@db:abc/itk', /no address: write postgres:/],
  ['database', 'postgres://itk:geheim@db/itk?options=-c%20search_path%3Dmine', /options would replace the schema/],
  ['database', 'postgres://itk:geheim@db/itk?sslmod=require', /no parameter "sslmod": probably "sslmode" is meant/],
  ['database', 'postgres://itk:geheim@db/itk?sslmode=verify', /no such sslmode: write one of/],
])('%s %s', (part, address, said) => {
  const [problem, ...others] = english(part, address);
  expect(problem).toMatch(said);
  expect(others).toEqual([]);
  expect(problem).not.toContain('geheim');
});

test('any password that is escaped is taken, one that is not is named and never shown', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'binary-ascii' }), (password) => {
      expect(english('database', `postgres://itk:${encodeURIComponent(password)}@db/itk`)).toEqual([]);
      expect(english('broker', `amqp://itk:${encodeURIComponent(password)}@mq`)).toEqual([]);
      if (/[#/?@]/.test(password)) expect(english('broker', `amqp://itk:${password}@mq`)).not.toEqual([]);
    }),
  );
});
