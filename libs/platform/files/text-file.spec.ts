import { writeFileSync } from 'node:fs';
import { ConfigurationError, loadConfiguration } from '../configuration/load.js';
import { configurationFolder, leastConfiguration } from '../testing/configuration-file.js';

const addresses = { DATABASE_URL: 'postgres://db/itk', AMQP_URL: 'amqp://mq' };
const text = leastConfiguration.replace('LMS', 'СДО').replaceAll('\n', '\r\n');
const cp1251 = Buffer.from(
  [...text].map((letter) => (letter > '\u007f' ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))),
);

let folder: ReturnType<typeof configurationFolder>;
beforeEach(() => void (folder = configurationFolder('')));
afterEach(() => folder.remove());

test.each<[string, Buffer]>([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark of byte order', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
])('a configuration as Windows writes it is read: %s', (_, bytes) => {
  writeFileSync(folder.file, bytes);
  expect(loadConfiguration(folder.file, addresses).systems[0]!.els).toBe('СДО');
});

test('in windows-1251 it is refused by name, never read as something else', () => {
  writeFileSync(folder.file, cp1251);
  const read = (): unknown => loadConfiguration(folder.file, addresses);
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(/windows-1251\). Как исправить: сохраните его в кодировке UTF-8[^]*save it in UTF-8/);
});
