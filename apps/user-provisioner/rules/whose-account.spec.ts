import type { MoodleUser } from '#moodle';
import { holding, ownAccount } from './whose-account.js';

describe('whose account', () => {
  const account = (id: number, idnumber: string, username = `u${id}`) => ({ id, idnumber, username }) as MoodleUser;
  it('is found by the key to the letter, then by the ledger, then by the username', () => {
    expect(ownAccount('A1', [account(1, 'a1')], {})).toBeUndefined();
    expect(ownAccount('a1', [account(1, 'a1')], {})).toMatchObject({ account: { id: 1 } });
    const twins = [account(5, 'a1'), account(4, 'a1')];
    expect(ownAccount('a1', twins, { id: 5 })).toMatchObject({ account: { id: 5 } });
    expect(ownAccount('a1', twins, { username: 'u4' })).toMatchObject({ account: { id: 4 } });
    expect(ownAccount('a1', twins, {})).toMatchObject({ failure: { cause: 'account-ambiguous', about: '4,5' } });
  });
  it('with another idnumber is never taken over', () => {
    const rules = { adopt: true, usernameFromCode: true };
    const holder = { idnumber: 'other', firstname: 'А', lastname: 'Б' };
    expect(holding(holder, { key: '1', firstname: 'А', lastname: 'Б' }, rules)).toBe('other');
    expect(holding({ ...holder, idnumber: '1' }, { key: '1', firstname: 'x', lastname: 'y' }, rules)).toBe('own');
  });
  it('without idnumber is taken over under a username of the code, under one of a name only with the whole name', () => {
    const holder = { idnumber: '', firstname: 'Пётр', lastname: 'ИВАНОВ ' };
    const person = { key: '1', firstname: ' пётр', lastname: 'Иванов' };
    const stranger = { ...person, firstname: 'Павел' };
    const byCode = { adopt: true, usernameFromCode: true };
    const byName = { adopt: true, usernameFromCode: false };
    expect(holding(holder, stranger, byCode)).toBe('adopt');
    expect(holding(holder, person, byName)).toBe('adopt');
    expect(holding(holder, stranger, byName)).toBe('other');
    expect(holding(holder, { ...person, lastname: 'Петров' }, byName)).toBe('other');
    expect(holding(holder, person, { ...byCode, adopt: false })).toBe('other');
  });
});
