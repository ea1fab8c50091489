import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ServiceClosingError } from './errors.js';
import { writeFault } from './soap/envelope.js';
import { writeWsdl } from './soap/wsdl.js';
import { AnsweringServer, namespace, page, say, type Seen } from './testing/answering-server.js';

let onec: AnsweringServer;
beforeEach(async () => void (onec = await new AnsweringServer().open()));
afterEach(() => onec.close());

test('a call: UTF-8 Basic, SOAPAction, escaped text, no session', async () => {
  expect(await onec.client().getStudents('СДО <&"1">\u0000', 7)).toEqual([]);
  expect(onec.seen).toHaveLength(1);
  const { headers, body } = onec.seen[0] as Seen;
  expect(headers.authorization).toBe('Basic 0JDQtNC80LjQvdC40YHRgtGA0LDRgtC+0YA6');
  expect(headers.soapaction).toBe(`"${namespace}#ITK_Synchronizer:GetStudents"`);
  expect(headers['content-type']).toBe('text/xml; charset=utf-8');
  expect(headers.ibsession).toBeUndefined();
  expect(body).toContain('<m:SystemName>СДО &lt;&amp;&quot;1&quot;&gt;</m:SystemName>\n      <m:Limit>7</m:Limit>');
});

test('the password is read anew for each call and stands in no error', async () => {
  const passwords = ['первый', 'второй'];
  const one = onec.client({ password: () => passwords.shift() ?? '' });
  onec.answer = (_, response) => say(response, 401, '');
  for (const password of ['первый', 'второй']) {
    const error: Error = await one.getStudents('LMS', 1).then(
      () => new Error('no error'),
      (error: Error) => error,
    );
    expect(
      Buffer.from((onec.seen.at(-1) as Seen).headers.authorization?.slice(6) ?? '', 'base64').toString(),
    ).toContain(password);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/первый|второй|Basic/);
  }
});

test('a locked infobase is known by its page in windows-1251 as well, declared or not', async () => {
  const decoder = new TextDecoder('windows-1251');
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const said = '<html><body>Начало сеанса с информационной базой запрещено.</body></html>';
  for (const type of ['text/html; charset=windows-1251', 'text/html'])
    for (const status of [403, 503]) {
      onec.answer = (_, response) => {
        response.writeHead(status, { 'content-type': type });
        response.end(Buffer.from([...said].map((letter) => bytes.get(letter)!)));
      };
      await expect(onec.client().getStudents('LMS', 1)).rejects.toMatchObject({ name: 'LockedError' });
    }
});

test.each([
  [['Negotiate', 'NTLM'], 'onec-auth-scheme', /only Negotiate, NTLM/],
  [['NTLM TlRMTVNTUAACAAAA'], 'onec-auth-scheme', /only NTLM/],
  [['Negotiate', 'Basic realm="1C:Enterprise 8"'], 'onec-auth', /user or the password/],
  [[], 'onec-auth', /user or the password/],
])('a 401 that offers %j is %s', async (offered, cause, text) => {
  onec.answer = (_, response) => {
    response.writeHead(401, { 'www-authenticate': offered });
    response.end();
  };
  for (const refused of [onec.client().getStudents('LMS', 1), onec.client().probe()])
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(text),
      failure: { kind: 'configuration', cause },
    });
});

test('counts the operations that 1C answers, neither its WSDL nor what it refuses', async () => {
  const one = onec.client();
  await one.getStudents('LMS', 1);
  expect(one.answered).toBe(1);
  onec.answer = (_, response) => say(response, 500, '');
  await one.getStudents('LMS', 1).catch(() => undefined);
  await one.operations().catch(() => undefined);
  expect(one.answered).toBe(1);
});

test('an exception in 1C may be one record’s: worth another try', async () => {
  onec.answer = (request, response) =>
    request.method === 'GET'
      ? say(response, 200, writeWsdl(namespace, onec.url))
      : say(response, 500, writeFault('server', 'Деление на 0', '1.1'));
  await expect(onec.client().getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'FaultError',
    failure: { kind: 'temporary', cause: 'onec-fault' },
  });
});

test('400 twice is given up', async () => {
  onec.answer = (_, response) => say(response, 400, '');
  await expect(onec.client().getStudents('LMS', 1)).rejects.toMatchObject({ name: 'ProtocolError' });
  expect(onec.seen).toHaveLength(2);
});

test('406: rests, asks once more, then says busy', async () => {
  onec.answer = (_, response) => say(response, 406, '');
  const begun = Date.now();
  await expect(onec.client({ busyPause: 60 }).getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'BusyError',
    failure: { kind: 'outage' },
  });
  expect(Date.now() - begun).toBeGreaterThanOrEqual(55);
  expect(onec.seen).toHaveLength(2);
  onec.answer = (_, response) => say(response, onec.seen.length === 3 ? 406 : 200, page('[]'));
  expect(await onec.client().getStudents('LMS', 1)).toEqual([]);
});

describe('time', () => {
  test('an answer that does not come', async () => {
    onec.answer = () => undefined;
    const one = onec.client({ timeouts: { connect: 1000, call: 50, cold: 80 } });
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({
      name: 'OnecTimeoutError',
      failure: { kind: 'outage' },
    });
  });

  test('the first call after a rest may take longer than the next', async () => {
    const one = onec.client({ timeouts: { connect: 1000, call: 60, cold: 5000 } });
    onec.answer = (_, response) => void setTimeout(() => say(response, 200, page('[]')), 150);
    expect(await one.getStudents('LMS', 1)).toEqual([]);
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({ name: 'OnecTimeoutError' });
  });

  test('a server that accepts no connection in time', async () => {
    // A documentation address: nothing answers there.
    const one = onec.client({ url: 'http://192.0.2.1/ws/x', timeouts: { connect: 60, call: 5000, cold: 5000 } });
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({ failure: { kind: 'outage' } });
  });

  test('a call is given up on shutdown', async () => {
    onec.answer = () => undefined;
    const shutdown = new AbortController();
    const call = onec.client({ signal: shutdown.signal }).getStudents('LMS', 1);
    setTimeout(() => shutdown.abort(new ServiceClosingError()), 30);
    await expect(call).rejects.toThrow(ServiceClosingError);
  });
});

test('nobody there', async () => {
  await expect(onec.client({ url: 'http://127.0.0.1:9/ws/x' }).probe()).rejects.toMatchObject({
    name: 'UnreachableError',
    failure: { kind: 'outage' },
    mayBeDone: false,
  });
});

test('a redirect is an error, not followed', async () => {
  onec.answer = (_, response) => say(response, 302, '', { location: 'https://elsewhere.example.org/' });
  await expect(onec.client().getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'PublicationError',
    failure: { kind: 'configuration' },
  });
  expect(onec.seen).toHaveLength(1);
});

test('an empty list makes no call', async () => {
  expect(await onec.client().setCronflag([], 'LMS')).toEqual([]);
  expect(await onec.client().reoffer([], 'LMS')).toEqual([]);
  expect(onec.seen).toEqual([]);
});
