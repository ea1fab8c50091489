import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { initialPassword } from './initial-password.js';
import { SealedPasswords } from './passwords.js';
import { SealBrokenError, SecretBox } from './secret-box.js';
import { readSecretKeys, secretKey, SecretKeyError, SecretKeys } from './secret-keys.js';
import { sealing } from '../testing/setup.js';

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
  const box = sealing(randomBytes(32));
  it('opens what it sealed, for the same owner only, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), fc.string(), fc.string(), (text, owner, other) => {
        const sealed = box.seal(text, owner);
        expect(box.open(sealed, owner)).toBe(text);
        expect(sealed).not.toContain(text);
        expect(box.seal(text, owner)).not.toBe(sealed);
        if (other !== owner) expect(() => box.open(sealed, other)).toThrow(SealBrokenError);
        expect(() => sealing(randomBytes(32)).open(sealed, owner)).toThrow(SealBrokenError);
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
  it('opens with any key of its file, and says by which it was sealed; without a word of it, tries each', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const sealed = sealing(old).seal('secret', 'o');
    expect(sealed.split('.')[4]).toBe(secretKey(old).id);
    expect(sealing(fresh, old).open(sealed, 'o')).toBe('secret');
    expect(sealing(fresh, old).seal('secret', 'o').split('.')[4]).toBe(secretKey(fresh).id);
    const withoutId = sealed.split('.').slice(0, 4).join('.');
    expect(sealing(fresh, old).open(withoutId, 'o')).toBe('secret');
    expect(() => sealing(fresh).open(sealed, 'o')).toThrow(secretKey(old).id);
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
    const read = (content: string | Buffer) => readSecretKeys(file(content)).map((one) => one.key);
    expect(read(key)).toEqual([key]);
    expect(read(`${key.toString('base64')}\n`)).toEqual([key]);
    expect(read(key.toString('base64url'))).toEqual([key]);
    const windows = Buffer.from(`\ufeff${key.toString('base64')}\r\n`, 'utf16le');
    for (const written of [windows, Buffer.from(windows).swap16(), Buffer.from(windows.toString('utf16le'))])
      expect(read(written)).toEqual([key]);
    const other = randomBytes(32);
    expect(read(`${other.toString('base64')}\n\n${key.toString('base64')}\n`)).toEqual([other, key]);
  });
  it('is read anew when its file has changed; a file that is spoilt meanwhile changes nothing', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const path = file(old.toString('base64'));
    const replaced = (content: string): void => renameSync(file(content), path);
    const box = new SecretBox(new SecretKeys(path).current);
    const sealed = box.seal('secret', 'o');
    replaced('half a k');
    expect(box.open(sealed, 'o')).toBe('secret');
    rmSync(path);
    expect(box.keyId).toBe(secretKey(old).id);
    replaced([fresh, old].map((key) => key.toString('base64')).join('\n'));
    expect(box.keyId).toBe(secretKey(fresh).id);
    expect(box.open(sealed, 'o')).toBe('secret');
    replaced(fresh.toString('base64'));
    expect(() => box.open(sealed, 'o')).toThrow(SealBrokenError);
  });
  it.each([
    ['not set', () => undefined],
    ['missing', () => join(folder, 'nothing')],
    ['empty', () => file('')],
    ['too short', () => file(randomBytes(31))],
    ['a key and something else', () => file(`${randomBytes(32).toString('base64')}\n# old`)],
    ['a passphrase', () => file('correct horse battery staple')],
  ])('that is %s is refused with what to do', (_, path) => {
    expect(() => readSecretKeys(path())).toThrow(SecretKeyError);
    expect(() => readSecretKeys(path())).toThrow(/openssl rand -base64 32/);
  });
});
