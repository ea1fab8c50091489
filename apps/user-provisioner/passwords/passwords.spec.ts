import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { initialPassword } from './initial-password.js';
import { SealedPasswords } from './passwords.js';
import { readSecretKey, SealBrokenError, SecretBox, SecretKeyError } from './secret-box.js';

describe('an initial password', () => {
  it('keeps Moodle’s default policy and stricter ones, and is another each time', () => {
    const made = Array.from({ length: 2000 }, () => initialPassword());
    for (const password of made) {
      expect(password).toMatch(/^[\x21-\x7e]{16}$/);
      for (const kind of [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /[^a-zA-Z0-9]/g])
        expect(password.match(kind)?.length ?? 0).toBeGreaterThanOrEqual(2);
      expect(password).not.toMatch(/(.)\1/);
      expect(password).not.toMatch(/[0O1lIo]/);
    }
    expect(new Set(made).size).toBe(made.length);
  });
});

describe('the secret box', () => {
  const box = new SecretBox(randomBytes(32));
  it('opens what it sealed, for the same owner only, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), fc.string(), fc.string(), (text, owner, other) => {
        const sealed = box.seal(text, owner);
        expect(box.open(sealed, owner)).toBe(text);
        expect(sealed).not.toContain(text);
        expect(box.seal(text, owner)).not.toBe(sealed);
        if (other !== owner) expect(() => box.open(sealed, other)).toThrow(SealBrokenError);
        expect(() => new SecretBox(randomBytes(32)).open(sealed, owner)).toThrow(SealBrokenError);
      }),
    );
  });
  it('notices every change', () => {
    const sealed = box.seal('secret', 'o');
    for (let at = 3; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'Q' : 'A') + sealed.slice(at + 1);
      if (Buffer.from(changed.split('.')[1]!, 'base64url').length !== 12) continue;
      let opened: string | undefined;
      try {
        opened = box.open(changed, 'o');
      } catch (error) {
        expect(error).toBeInstanceOf(SealBrokenError);
        continue;
      }
      // The last letter of base64url may hold bits that stand for nothing.
      expect(opened).toBe('secret');
    }
  });
  it('keeps a password that was noted, and makes a new one where it cannot be opened', () => {
    const passwords = new SealedPasswords(box, 'lms');
    const first = passwords.for('42', undefined);
    expect(passwords.for('42', first.sealed)).toEqual(first);
    expect(passwords.for('43', first.sealed).plain).not.toBe(first.plain);
    expect(passwords.open('42', first.sealed)).toBe(first.plain);
  });
});

describe('the secret key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (content: string | Buffer): string => {
    const path = join(folder, randomBytes(4).toString('hex'));
    writeFileSync(path, content);
    return path;
  };
  it('is read raw or in base64', () => {
    const key = randomBytes(32);
    expect(readSecretKey(file(key))).toEqual(key);
    expect(readSecretKey(file(`${key.toString('base64')}\n`))).toEqual(key);
    expect(readSecretKey(file(key.toString('base64url')))).toEqual(key);
    const windows = Buffer.from(`\ufeff${key.toString('base64')}\r\n`, 'utf16le');
    for (const written of [windows, Buffer.from(windows).swap16(), Buffer.from(windows.toString('utf16le'))])
      expect(readSecretKey(file(written))).toEqual(key);
  });
  it.each([
    ['not set', () => undefined],
    ['missing', () => join(folder, 'nothing')],
    ['empty', () => file('')],
    ['too short', () => file(randomBytes(31))],
    ['a passphrase', () => file('correct horse battery staple')],
  ])('that is %s is refused with what to do', (_, path) => {
    expect(() => readSecretKey(path())).toThrow(SecretKeyError);
    expect(() => readSecretKey(path())).toThrow(/openssl rand -base64 32/);
  });
});
