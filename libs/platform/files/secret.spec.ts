import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecret, SecretError } from './secret.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'itk-secret-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('trimmed, and read anew each time', () => {
  const file = join(folder, 'token');
  writeFileSync(file, ' first \n');
  expect(readSecret(file)).toBe('first');
  writeFileSync(file, 'second');
  expect(readSecret(file)).toBe('second');
});

test('says what to do', () => {
  const none = join(folder, 'none');
  expect(() => readSecret(none)).toThrow(SecretError);
  expect(() => readSecret(none)).toThrow(/none: there is no such file: create it.*файла нет: создайте/);
  writeFileSync(none, ' \n');
  expect(() => readSecret(none)).toThrow(/the file is empty.*файл пуст/);
  expect(() => readSecret(folder)).toThrow(/cannot be read \(EISDIR\)/);
});

const utf16 = (text: string, mark: string): Buffer => Buffer.from(`${mark}${text}`, 'utf16le');
test.each<[string, Buffer]>([
  ['UTF-8 with a mark of byte order, CR LF', Buffer.from('\ufeffпар:оль 1\r\n')],
  ['UTF-16 as Notepad writes it', utf16('пар:оль 1\r\n', '\ufeff')],
  ['UTF-16, the other order', utf16('пар:оль 1\r\n', '\ufeff').swap16()],
])('as Windows writes it: %s', (_, bytes) => {
  const file = join(folder, 'token');
  writeFileSync(file, bytes);
  expect(readSecret(file)).toBe('пар:оль 1');
});

test('UTF-16 of Latin letters without a mark', () => {
  const file = join(folder, 'token');
  writeFileSync(file, utf16('0123abcd\r\n', ''));
  expect(readSecret(file)).toBe('0123abcd');
  writeFileSync(file, utf16('0123abcd\r\n', '').swap16());
  expect(readSecret(file)).toBe('0123abcd');
});

test.each<[string, Buffer, RegExp]>([
  [
    'windows-1251',
    Buffer.from([0xef, 0xe0, 0xf0, 0xee, 0xeb, 0xfc]),
    /not in UTF-8.*не в UTF-8 \(вероятно, windows-1251\)/,
  ],
  ['two lines', Buffer.from('user\r\nsecret\r\n'), /several lines.*несколько строк/],
  ['a zero-width space', Buffer.from('sec\u200bret'), /cannot be seen.*невидимый/],
  ['binary', Buffer.from([1, 0, 2, 3, 4, 0, 0]), /cannot be seen/],
  ['half of a character', Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8]), /not in UTF-8/],
])('refused by name: %s', (_, bytes, words) => {
  const file = join(folder, 'token');
  writeFileSync(file, bytes);
  expect(() => readSecret(file)).toThrow(SecretError);
  expect(() => readSecret(file)).toThrow(words);
  expect(() => readSecret(file)).not.toThrow(/secret$/);
});
