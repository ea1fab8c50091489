import { scryptSync } from 'node:crypto';
import { hashPassword, isOutdated, passwordFits } from './password.js';

test('fits its own hash alone, in any composition of its letters', async () => {
  const hash = await hashPassword('пароль-Ёй');
  expect(hash).toMatch(/^scrypt\$\d+\$\d+\$\d+\$/);
  expect(hash).not.toContain('пароль');
  expect(await passwordFits('пароль-Ёй'.normalize('NFD'), hash)).toBe(true);
  expect(await passwordFits('пароль-Ей', hash)).toBe(false);
  expect(await hashPassword('пароль-Ёй')).not.toBe(hash);
});

test.each(['', 'scrypt$1$2', 'md5$1$2$3$c2FsdA==$a2V5'])('nothing fits %j', async (hash) => {
  expect(await passwordFits('x', hash)).toBe(false);
});

test('a hash of an older cost fits, and is known for outdated; one that would take all memory fits nothing', async () => {
  const salt = Buffer.from('sixteen bytes ok');
  const older = ['scrypt', 16_384, 8, 1, salt.toString('base64'), scryptSync('пароль', salt, 32).toString('base64')];
  expect(await passwordFits('пароль', older.join('$'))).toBe(true);
  expect(await passwordFits('пароля', older.join('$'))).toBe(false);
  expect(isOutdated(older.join('$'))).toBe(true);
  expect(isOutdated(await hashPassword('пароль'))).toBe(false);
  older[1] = 2 ** 30;
  expect(await passwordFits('пароль', older.join('$'))).toBe(false);
});

test('the cost is what OWASP advises, and the event loop turns meanwhile', async () => {
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 5);
  const hash = await hashPassword('пароль');
  clearInterval(turning);
  expect(hash).toMatch(/^scrypt\$131072\$8\$1\$/);
  expect(turns).toBeGreaterThan(3);
});
