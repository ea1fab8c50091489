import { scryptSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hashPassword, isOutdated, type Configuration } from '#platform';
import { openRegisters, type Registers } from '../testing/registers.js';
import { Accounts } from './accounts.js';

let registers: Registers;
let folder: string;
/** Two replicas on one database. */
let one: Accounts;
let other: Accounts;
const configurationOf = (...users: string[]): Configuration =>
  ({
    onecComponent: {
      accounts: users.map((user) => ({ user, passwordFile: join(folder, 'password'), roles: ['ELSAdministrator'] })),
    },
  }) as unknown as Configuration;
const replica = (...users: string[]) => new Accounts(registers.dataSource, configurationOf(...users));
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const hashOf = async (user: string): Promise<string> => {
  const rows: { password_hash: string }[] = await registers.dataSource.query(
    'select password_hash from onec_component.accounts where user_name = $1',
    [user],
  );
  return rows[0]!.password_hash;
};

beforeAll(async () => {
  registers = await openRegisters();
  folder = mkdtempSync(join(tmpdir(), 'itk-accounts-'));
  writeFileSync(join(folder, 'password'), 'из файла\n');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await registers.close();
});
beforeEach(async () => {
  await registers.dataSource.query('delete from onec_component.accounts');
  one = replica();
  other = replica();
  await one.putHashed('moodle', await hashPassword('секрет'), ['ELSAdministrator']);
});

test('a revoked account is refused by every replica at once, verified before or not', async () => {
  const header = basic('moodle', 'секрет');
  for (const accounts of [one, other])
    expect(await accounts.authenticate(header)).toEqual({ user: 'moodle', roles: ['ELSAdministrator'] });
  expect(await one.remove('moodle')).toBe(true);
  for (const accounts of [one, other, replica()]) expect(await accounts.authenticate(header)).toBeUndefined();
  expect(await one.remove('moodle')).toBe(false);
});

test('another password or other roles hold at once on every replica', async () => {
  const header = basic('moodle', 'секрет');
  await other.authenticate(header);
  await one.putHashed('moodle', await hashOf('moodle'), ['ELSCurriculumDeveloper']);
  expect(await other.authenticate(header)).toEqual({ user: 'moodle', roles: ['ELSCurriculumDeveloper'] });
  await one.putHashed('moodle', await hashPassword('новый'), ['ELSAdministrator']);
  expect(await other.authenticate(header)).toBeUndefined();
  expect(await other.authenticate(basic('moodle', 'новый'))).toMatchObject({ user: 'moodle' });
});

test('a hash of an older cost is made anew at the next success', async () => {
  const salt = Buffer.from('sixteen bytes ok');
  const old = ['scrypt', 16_384, 8, 1, salt.toString('base64'), scryptSync('секрет', salt, 32).toString('base64')];
  await one.putHashed('moodle', old.join('$'), ['ELSAdministrator']);
  expect(await one.authenticate(basic('moodle', 'мимо'))).toBeUndefined();
  expect(await hashOf('moodle')).toBe(old.join('$'));
  expect(await one.authenticate(basic('moodle', 'секрет'))).toMatchObject({ user: 'moodle' });
  expect(isOutdated(await hashOf('moodle'))).toBe(false);
  expect(await other.authenticate(basic('moodle', 'секрет'))).toMatchObject({ user: 'moodle' });
});

test('one password asked for many times at once is derived once', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => one.authenticate(basic('moodle', 'секрет'))));
  expect(answers.every((account) => account?.user === 'moodle')).toBe(true);
});

test('an account of the configuration is known from the start: guesses of others do not hold it up', async () => {
  const accounts = replica('toolkit');
  await accounts.onModuleInit();
  const guesses = [1, 2].map((guess) => accounts.authenticate(basic('moodle', `мимо ${guess}`)));
  const known = await accounts.authenticate(basic('toolkit', 'из файла'));
  expect(known).toEqual({ user: 'toolkit', roles: ['ELSAdministrator'] });
  expect(await Promise.all(guesses)).toEqual([undefined, undefined]);
});

test('accounts of the configuration keep their hash over starts, and go when they no longer stand in it', async () => {
  await replica('a', 'b').onModuleInit();
  const hash = await hashOf('a');
  await replica('a').onModuleInit();
  expect(await hashOf('a')).toBe(hash);
  const rows: { user_name: string }[] = await registers.dataSource.query(
    'select user_name from onec_component.accounts order by user_name',
  );
  expect(rows.map((row) => row.user_name)).toEqual(['a', 'moodle']);
  expect(await one.authenticate(basic('a', 'из файла'))).toMatchObject({ user: 'a' });
  expect(await one.authenticate(basic('a\u0000', 'x'))).toBeUndefined();
});
