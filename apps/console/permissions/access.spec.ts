import { Access, type Grant } from './access.js';
import { ofNoSystem, permissions } from './matrix.js';

const access = (...grants: Grant[]) => new Access(grants);
const ofLms: Grant = { role: 'operator', systems: ['lms', 'msf'] };

test('a role without a limit is for every system', () => {
  const operator = access({ role: 'operator' });
  expect(operator.may('failures.mend', 'lms')).toBe(true);
  expect(operator.everywhere('failures.mend')).toBe(true);
  expect(operator.systems('failures.mend')).toBeUndefined();
  expect(operator.among('failures.mend', ['lms', 'other'])).toEqual(['lms', 'other']);
  expect(operator.may('failures.edit', 'lms')).toBe(false);
  expect(operator.everywhere('failures.edit')).toBe(false);
  expect(operator.systems('failures.edit')).toEqual([]);
});

test('a role for some systems is for those, and for none where all are meant', () => {
  const limited = access(ofLms);
  expect(limited.may('failures.mend', 'lms')).toBe(true);
  expect(limited.may('failures.mend', 'other')).toBe(false);
  expect(limited.may('failures.mend')).toBe(true);
  expect(limited.everywhere('failures.mend')).toBe(false);
  expect(limited.systems('failures.mend')).toEqual(['lms', 'msf']);
  expect(limited.systems('failures.edit')).toEqual([]);
  expect(limited.among('failures.mend', ['other', 'lms'])).toEqual(['lms']);
});

test('grants add up, and none takes away from another', () => {
  const both = access(ofLms, { role: 'viewer' }, { role: 'operator', systems: ['msf', 'third'] });
  expect(both.may('overview.see', 'other')).toBe(true);
  expect(both.systems('overview.see')).toBeUndefined();
  expect(both.may('failures.mend', 'other')).toBe(false);
  expect(both.systems('failures.mend')).toEqual(['lms', 'msf', 'third']);
});

test('what concerns no system is nobody’s whose role is limited to some', () => {
  const limited = access({ role: 'administrator', systems: ['lms'] });
  const whole = access({ role: 'administrator' });
  for (const permission of ofNoSystem) {
    expect(limited.may(permission)).toBe(false);
    expect(limited.may(permission, 'lms')).toBe(false);
    expect(whole.may(permission)).toBe(true);
  }
  expect(limited.permissions).toContain('failures.edit');
  expect(limited.permissions.filter((permission) => ofNoSystem.includes(permission))).toEqual([]);
  expect(whole.permissions).toEqual(permissions.filter((permission) => whole.everywhere(permission)));
});

test('without a grant nothing is permitted', () => {
  expect(access().permissions).toEqual([]);
  expect(access().systems('overview.see')).toEqual([]);
});
