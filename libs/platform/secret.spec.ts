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
