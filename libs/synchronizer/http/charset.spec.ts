import { expect, test } from '@jest/globals';
import { CharsetError, decodeAnswer, decodeRequest } from './charset.js';

/** Of our letters the two charsets of Windows and Unix, as a sender makes them. */
const encode = (charset: 'windows-1251' | 'koi8-r' | 'utf-8' | 'utf-16le' | 'utf-16be', text: string): Buffer => {
  if (charset === 'utf-8') return Buffer.from(text);
  if (charset === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (charset === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const decoder = new TextDecoder(charset);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Buffer.from([...text].map((letter) => table.get(letter)!));
};
const declaration = (charset: string) => `<?xml version="1.0" encoding="${charset}"?>`;
const xml = '<Student>ЦБ-000123</Student>';

test.each<[string, Buffer, string | undefined, string]>([
  ['windows-1251 by its header', encode('windows-1251', xml), 'text/xml; charset=windows-1251', xml],
  ['windows-1251 in quotes', encode('windows-1251', xml), 'text/xml; charset="WINDOWS-1251"', xml],
  ['cp1251 by another name', encode('windows-1251', xml), 'text/xml;charset=cp1251', xml],
  ['KOI8-R', encode('koi8-r', xml), 'text/xml; charset=koi8-r', xml],
  [
    'windows-1251 by its declaration',
    encode('windows-1251', declaration('windows-1251') + xml),
    'text/xml',
    declaration('windows-1251') + xml,
  ],
  [
    'a header that is wrong beside a declaration that is right',
    encode('windows-1251', declaration('windows-1251') + xml),
    'text/xml; charset=utf-8',
    declaration('windows-1251') + xml,
  ],
  ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), encode('utf-16le', xml)]), undefined, xml],
  ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), encode('utf-16be', xml)]), undefined, xml],
  ['UTF-16 without a mark', encode('utf-16be', xml), 'text/xml; charset=utf-16', xml],
  ['UTF-8 that says nothing', encode('utf-8', xml), undefined, xml],
  ['UTF-8 with its mark', encode('utf-8', `\uFEFF${xml}`), 'text/xml; charset=utf-8', xml],
  [
    'UTF-8 with its mark, under a header that is wrong',
    encode('utf-8', `\uFEFF${xml}`),
    'text/xml; charset=koi8-r',
    xml,
  ],
  ['UTF-16 without a mark that says nothing', encode('utf-16le', xml), undefined, xml],
  ['UTF-16 without a mark that says nothing, big end first', encode('utf-16be', xml), undefined, xml],
  ['blanks around a header’s sign', encode('koi8-r', xml), 'text/xml; charset = koi8-r', xml],
  [
    'blanks before a declaration and around its sign',
    encode('koi8-r', `\n <?xml version="1.0" encoding = "koi8-r"?>${xml}`),
    'text/xml',
    `\n <?xml version="1.0" encoding = "koi8-r"?>${xml}`,
  ],
  ...['<meta charset="koi8-r">', '<meta http-equiv="Content-Type" content="text/html; charset = koi8-r">'].map(
    (meta): [string, Buffer, string, string] => [meta, encode('koi8-r', meta + xml), 'text/html', meta + xml],
  ),
])('%s: a request and an answer are read', (_, bytes, contentType, text) => {
  expect(decodeRequest(bytes, contentType)).toBe(text);
  expect(decodeAnswer(bytes, contentType)).toBe(text);
});

test.each(['пїї', 'п»х', 'а»ї', 'аїї', 'яа', 'аю', 'x\0', 'юа', 'ая', 'а<', '\0а'])(
  '%j at the front of windows-1251 only looks like a part of a mark',
  (begin) => {
    const bytes = encode('windows-1251', begin + xml);
    expect(decodeRequest(bytes, 'text/xml; charset=windows-1251')).toBe(begin + xml);
  },
);

test.each([
  ['no text in what it declares', encode('windows-1251', xml), 'text/xml; charset=utf-8', /кодировке utf-8/],
  ['undeclared', encode('windows-1251', xml), 'text/xml', /кодировке utf-8/],
  ['of a charset that nobody knows', encode('windows-1251', xml), 'text/xml; charset=x-own', /кодировке x-own/],
  ['UTF-8 and says something else', encode('utf-8', xml), 'text/xml; charset=x-own', /кодировке x-own/],
  ['of a charset without end', encode('utf-8', xml), `text/xml; charset=${'x'.repeat(99)}`, /кодировке x{40}:/],
  [
    'declared only somewhere in the middle',
    encode('koi8-r', `<a/>${declaration('koi8-r')}${xml}`),
    'text/xml',
    /кодировке utf-8/,
  ],
])('a request that is %s is refused by name', (_, bytes, contentType, text) => {
  expect(() => decodeRequest(bytes, contentType)).toThrow(CharsetError);
  expect(() => decodeRequest(bytes, contentType)).toThrow(text);
});

test('an answer is read whatever a web server declares of old habit', () => {
  expect(decodeAnswer(encode('utf-8', xml), 'text/html; charset=windows-1251')).toBe(xml);
  expect(decodeAnswer(encode('windows-1251', xml), 'text/html; charset=utf-8')).toBe(xml);
  expect(decodeAnswer(encode('windows-1251', xml), undefined)).toBe(xml);
  expect(decodeAnswer(encode('koi8-r', `<meta charset="koi8-r">${xml}`), 'text/html')).toContain(xml);
});
