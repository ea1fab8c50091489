import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contentTypeOf, readAnswer, readRequest, writeFault, writeRequest, writeResponse } from './envelope.js';
import { addMonth, naiveOf, secondsOf } from './naive-date.js';
import { operationNames, operations } from './operations.js';
import { readPairs, writePairs } from './pairs.js';
import { readWsdl, writeWsdl } from './wsdl.js';
import { escapeXml, find, findAll, NotXmlError, parseXml } from './xml.js';

const namespace = 'http://itk.example.org/synchronizer';
/** What XML 1.0 can hold; a carriage return comes back as a line feed. */
const held = (text: string) =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replace(/\r\n?/g, '\n');
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const versions = ['1.1', '1.2'] as const;

describe('XML', () => {
  test('any text survives, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(anyText, anyText, (inside, attribute) => {
        const read = parseXml(
          `<?xml version="1.0"?>\r\n<a:b xmlns:a="u" x="${escapeXml(attribute)}">${escapeXml(inside)}</a:b>`,
        );
        expect(read.name).toBe('b');
        expect(read.text).toBe(held(inside));
      }),
    );
  });

  test('thousands of references are read; a CDATA section keeps its own', () => {
    expect(parseXml(`<a>${'&quot;&#1071;&#x42F;'.repeat(20_000)}</a>`).text).toBe('"ЯЯ'.repeat(20_000));
    expect(parseXml('<a>1&amp;<![CDATA[<&amp;>]]>&lt;</a>').text).toBe('1&<&amp;><');
  });

  test.each(['', 'text', '<a>', '<a></b>', '<a/><b/>', '<a>&', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'])(
    '%j is refused',
    (text) => {
      expect(() => parseXml(text)).toThrow(NotXmlError);
    },
  );
});

describe('the envelope', () => {
  test('a request is read as it was written, in both versions', () => {
    fc.assert(
      fc.property(fc.constantFrom(...versions), anyText, fc.integer(), (version, els, limit) => {
        const request = readRequest(writeRequest('GetStudents', { Limit: limit, SystemName: els }, namespace, version));
        expect(request).toEqual({
          version,
          namespace,
          operation: 'GetStudents',
          parameters: { SystemName: held(els), Limit: String(limit) },
        });
      }),
    );
  });

  test('any prefix, a header, null and nested namespaces are taken', () => {
    const text = `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ns1="${namespace}"><env:Header/><env:Body>
      <ns1:SetErrorCronflag><ns1:Student xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><ns1:SystemName>L</ns1:SystemName>
      </ns1:SetErrorCronflag></env:Body></env:Envelope>`;
    expect(readRequest(text)).toMatchObject({
      version: '1.2',
      operation: 'SetErrorCronflag',
      parameters: { SystemName: 'L' },
    });
  });

  test('a response has the platform’s own layout', () => {
    expect(writeResponse('GetStudents', '[\r\n"a & b"\r\n]', namespace, '1.1')).toBe(
      [
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">',
        '\t<soap:Body>',
        `\t\t<m:GetStudentsResponse xmlns:m="${namespace}">`,
        '\t\t\t<m:return xmlns:xs="http://www.w3.org/2001/XMLSchema"',
        '\t\t\t\t\txmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">[',
        '&quot;a &amp; b&quot;',
        ']</m:return>',
        '\t\t</m:GetStudentsResponse>',
        '\t</soap:Body>',
        '</soap:Envelope>',
      ].join('\r\n'),
    );
    expect(writeResponse('Reoffer', '', namespace, '1.2')).toContain('XMLSchema-instance"/>');
  });

  test('a result is read as it was written; nil, self-closed and absent are empty', () => {
    fc.assert(
      fc.property(fc.constantFrom(...versions), anyText, (version, text) => {
        expect(readAnswer(writeResponse('GetStudents', text, namespace, version), 'GetStudents')).toEqual({
          result: held(text),
        });
      }),
    );
    const wrap = (inside: string) =>
      `<s:Envelope xmlns:s="x"><s:Body><R:GetStudentsResponse>${inside}</R:GetStudentsResponse></s:Body></s:Envelope>`;
    for (const inside of ['', '<return/>', '<q:return xsi:nil="true"/>', '<q:return i:nil="1">text</q:return>'])
      expect(readAnswer(wrap(inside), 'GetStudents')).toEqual({ result: '' });
    expect(readAnswer(wrap(''), 'Reoffer')).toEqual({ neither: 'Envelope' });
  });

  test('a fault is read in both versions', () => {
    for (const version of versions) {
      const text = 'Неизвестная ошибка. {WebСервис.X.Модуль(1)}: <&>\nпо причине:\nещё';
      expect(readAnswer(writeFault('server', text, version), 'GetStudents')).toEqual({ fault: text });
    }
    expect(contentTypeOf('1.2')).toMatch(/^application\/soap\+xml/);
  });
});

test('the WSDL names every operation, parameter and both bindings', () => {
  const wsdl = writeWsdl(namespace, 'http://server/base/ws/ITK_Synchronizer.1cws?a&b');
  expect(readWsdl(wsdl)).toEqual({ namespace, operations: operationNames });
  const root = parseXml(wsdl);
  for (const name of operationNames) {
    const element = findAll(root, 'element').find((one) => one.attributes.name === name);
    expect(findAll(element!, 'sequence')[0]?.children.map((one) => [one.attributes.name, one.attributes.type])).toEqual(
      operations[name].parameters.map((parameter) => [parameter.name, parameter.type]),
    );
    expect(root.children.filter((one) => one.name === 'message').map((one) => one.attributes.name)).toContain(
      `${name}RequestMessage`,
    );
  }
  expect(findAll(root, 'binding').flatMap((one) => one.attributes.name ?? [])).toEqual([
    'ITK_SynchronizerSoapBinding',
    'ITK_SynchronizerSoap12Binding',
  ]);
  expect(findAll(find(root, 'service')!, 'port').map((one) => one.attributes.name)).toEqual([
    'ITK_SynchronizerSoap',
    'ITK_SynchronizerSoap12',
  ]);
  expect(wsdl).toContain(`soapAction="${namespace}#ITK_Synchronizer:GetStudents"`);
  expect(readWsdl('<html/>')).toBeUndefined();
});

describe('pairs', () => {
  const code = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((text) => text === text.trim() && text !== '' && !/[,#]/.test(text));
  const flag = fc.record({ code, period: fc.integer({ min: 0, max: 32_503_680_000 }) });

  test('a list is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(flag), (flags) => {
        expect(readPairs(writePairs(flags))).toEqual({ flags, refused: [] });
      }),
    );
  });

  test('the paper’s example; leading zeros; empty parts; no-break spaces', () => {
    expect(
      writePairs([
        { code: '000012345', period: 1735689600 },
        { code: '000012399', period: 1735689600 },
      ]),
    ).toBe('000012345#1735689600, 000012399#1735689600');
    expect(readPairs(' 007#1\u00A0735\u202F689\u00A0600 ,,').flags).toEqual([{ code: '007', period: 1735689600 }]);
  });

  test('what would break the list is not sent: a comma, #, milliseconds, fractions', () => {
    for (const bad of [
      { code: 'a,b', period: 1 },
      { code: 'a#b', period: 1 },
      { code: '', period: 1 },
      { code: 'a', period: 1735689600000 },
      { code: 'a', period: 1.5 },
    ])
      expect(() => writePairs([bad])).toThrow(
        expect.objectContaining({ failure: expect.objectContaining({ kind: 'contract' }) }),
      );
  });
});

describe('naive dates', () => {
  test.each([
    [1725148800, '2024-09-01T03:00:00'],
    [1735689600, '2025-01-01T03:00:00'],
    [1767225599, '2026-01-01T02:59:59'],
  ])('%d is %s in Moscow', (seconds, date) => {
    expect(naiveOf(seconds, 'Europe/Moscow')).toBe(date);
    expect(secondsOf(date, 'Europe/Moscow')).toBe(seconds);
  });

  test('Moscow was four hours ahead from 2011 to 2014; Berlin changes twice a year', () => {
    expect(naiveOf(Date.parse('2012-07-01T00:00:00Z') / 1000, 'Europe/Moscow')).toBe('2012-07-01T04:00:00');
    expect(naiveOf(Date.parse('2025-10-26T00:30:00Z') / 1000, 'Europe/Berlin')).toBe('2025-10-26T02:30:00');
    expect(naiveOf(Date.parse('2025-10-26T01:30:00Z') / 1000, 'Europe/Berlin')).toBe('2025-10-26T02:30:00');
  });

  test('back and forth, where the zone has no clock changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }), (seconds) => {
        expect(secondsOf(naiveOf(seconds, 'Asia/Yekaterinburg'), 'Asia/Yekaterinburg')).toBe(seconds);
      }),
    );
  });

  test.each([
    ['2025-01-31T10:00:00', '2025-02-28T10:00:00'],
    ['2024-01-31T10:00:00', '2024-02-29T10:00:00'],
    ['2025-12-15T23:59:59', '2026-01-15T23:59:59'],
    ['2025-03-29T02:30:00', '2025-04-29T02:30:00'],
  ])('a month after %s is %s', (from, to) => expect(addMonth(from, 1)).toBe(to));
});
