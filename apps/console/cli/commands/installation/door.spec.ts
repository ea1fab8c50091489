import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../program.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Without configuration, database and broker. */
async function itk(...given: string[]) {
  let [out, err] = ['', ''];
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const code = await runCli(given, { ...terminal, environment: { ITK_LANG: 'en' } });
  return { code, out, err };
}

test('makes a key that only its owner reads, and never over a file that is there', async () => {
  const file = join(folder, 'key.json');
  const { code, out } = await itk('door', 'make-key', file);
  const { kid, kty } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect({ code, kty }).toEqual({ code: 0, kty: 'OKP' });
  expect(kid).toMatch(/^\d{4}-\d\d-\d\d-[\da-f]{4}$/);
  expect(out).toContain(kid);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = readFileSync(file, 'utf8');
  expect(await itk('door', 'make-key', file)).toMatchObject({ code: 2, err: expect.stringContaining('already') });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('prints public halves alone', async () => {
  const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
  await itk('door', 'make-key', one, '--kid', 'one');
  await itk('door', 'make-key', two, '--kid', 'two');
  const { code, out } = await itk('door', 'public-keys', one, two);
  const { keys } = JSON.parse(out) as { keys: Record<string, string>[] };
  expect({ code, keys }).toMatchObject({ code: 0, keys: [{ kid: 'one' }, { kid: 'two' }] });
  expect(keys.flatMap(Object.keys)).not.toContain('d');
  const none = join(folder, 'none.json');
  writeFileSync(none, '{}');
  expect(await itk('door', 'public-keys', one, none)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('kty'),
  });
  expect(await itk('door', 'public-keys', one, one)).toMatchObject({ code: 2, err: expect.stringContaining('one') });
});
