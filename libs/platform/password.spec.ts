import { hashPassword, passwordFits } from './password.js';

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
