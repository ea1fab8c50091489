import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contentTypeOf, readAnswer, readRequest, writeFault, writeRequest, writeResponse } from './envelope.js';
import { operationNames, operations } from './operations.js';
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
