import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SynchronizerClient, type SynchronizerOptions } from './client.js';
import { writeFault, writeResponse } from './wire/envelope.js';
import { ServiceClosingError } from './errors.js';
import { writeWsdl } from './wire/wsdl.js';

const namespace = 'http://itk.example.org/synchronizer';
interface Seen {
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let url: string;
let seen: Seen[];
let answer: (request: Seen, response: ServerResponse) => void;
const page = (text: string) => writeResponse('GetStudents', text, namespace, '1.1');
const say = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'text/xml', ...headers });
  response.end(body);
};

beforeEach(async () => {
  seen = [];
  answer = (request, response) => say(response, 200, request.method === 'GET' ? writeWsdl(namespace, url) : page('[]'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/univer/ws/ITK_Synchronizer.1cws`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const client = (more: Partial<SynchronizerOptions> = {}) =>
  new SynchronizerClient({
    ...{
      url,
      user: 'Администратор',
      password: () => '',
      namespace,
      rename: {},
      errorCodePattern: '(\\d+)',
      busyPause: 20,
    },
    serialize: (work) => work(new AbortController().signal),
    ...more,
  });

test('a call: UTF-8 Basic, SOAPAction, escaped text, no session', async () => {
  expect(await client().getStudents('СДО <&"1">\u0000', 7)).toEqual([]);
  expect(seen).toHaveLength(1);
  const { headers, body } = seen[0] as Seen;
  expect(headers.authorization).toBe('Basic 0JDQtNC80LjQvdC40YHRgtGA0LDRgtC+0YA6');
  expect(headers.soapaction).toBe(`"${namespace}#ITK_Synchronizer:GetStudents"`);
  expect(headers['content-type']).toBe('text/xml; charset=utf-8');
  expect(headers.ibsession).toBeUndefined();
  expect(body).toContain('<m:SystemName>СДО &lt;&amp;&quot;1&quot;&gt;</m:SystemName>\n      <m:Limit>7</m:Limit>');
});

test('the password is read anew for each call and stands in no error', async () => {
  const passwords = ['первый', 'второй'];
  const one = client({ password: () => passwords.shift() ?? '' });
  answer = (_, response) => say(response, 401, '');
  for (const password of ['первый', 'второй']) {
    const error: Error = await one.getStudents('LMS', 1).then(
      () => new Error('no error'),
      (error: Error) => error,
    );
    expect(Buffer.from((seen.at(-1) as Seen).headers.authorization?.slice(6) ?? '', 'base64').toString()).toContain(
      password,
    );
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/первый|второй|Basic/);
  }
});

test('a locked infobase is known by its page in windows-1251 as well, declared or not', async () => {
  const decoder = new TextDecoder('windows-1251');
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const said = '<html><body>Начало сеанса с информационной базой запрещено.</body></html>';
  for (const type of ['text/html; charset=windows-1251', 'text/html'])
    for (const status of [403, 503]) {
      answer = (_, response) => {
        response.writeHead(status, { 'content-type': type });
        response.end(Buffer.from([...said].map((letter) => bytes.get(letter)!)));
      };
      await expect(client().getStudents('LMS', 1)).rejects.toMatchObject({ name: 'LockedError' });
    }
});

test.each([
  [['Negotiate', 'NTLM'], 'onec-auth-scheme', /only Negotiate, NTLM/],
  [['NTLM TlRMTVNTUAACAAAA'], 'onec-auth-scheme', /only NTLM/],
  [['Negotiate', 'Basic realm="1C:Enterprise 8"'], 'onec-auth', /user or the password/],
  [[], 'onec-auth', /user or the password/],
])('a 401 that offers %j is %s', async (offered, cause, text) => {
  answer = (_, response) => {
    response.writeHead(401, { 'www-authenticate': offered });
    response.end();
  };
  for (const refused of [client().getStudents('LMS', 1), client().probe()])
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(text),
      failure: { kind: 'configuration', cause },
    });
});

describe('a run of calls', () => {
  const cookie = () => ({ 'set-cookie': 'ibsession=abc; path=/' });
  const states = () => seen.map(({ method, headers }) => [method, headers.ibsession ?? '-', headers.cookie ?? '-']);

  test('shares one session, which ends even when the work throws', async () => {
    answer = (request, response) =>
      say(response, 200, page('[]'), request.headers.ibsession === 'start' ? cookie() : {});
    await expect(
      client().run(async (calls) => {
        await calls.getStudents('LMS', 1);
        await calls.getStudents('LMS', 1);
        throw new Error('of the work');
      }),
    ).rejects.toThrow('of the work');
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['POST', '-', 'ibsession=abc'],
      ['GET', 'finish', 'ibsession=abc'],
    ]);
  });

  test('goes without where no cookie comes, and asks for none again', async () => {
    await client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      await calls.getStudents('LMS', 1);
    });
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['POST', '-', '-'],
    ]);
  });

  test('begins a new session once when 1C does not know the old one', async () => {
    let ended = false;
    answer = (request, response) => {
      if (request.headers.cookie === 'ibsession=abc' && ended) return say(response, 400, '');
      say(
        response,
        200,
        page('[]'),
        request.headers.ibsession === 'start' ? { 'set-cookie': ended ? 'ibsession=new' : 'ibsession=abc' } : {},
      );
    };
    await client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      ended = true;
      await calls.getStudents('LMS', 1);
    });
    expect(states().map(([, asked, cookie]) => `${asked} ${cookie}`)).toEqual([
      'start -',
      '- ibsession=abc',
      'start -',
      'finish ibsession=new',
    ]);
  });

  test('is ended even when the first answer breaks off after its head', async () => {
    answer = (request, response) => {
      if (request.headers.ibsession !== 'start') return say(response, 200, page('[]'));
      response.writeHead(200, { ...cookie(), 'content-length': '1000' });
      response.write('<', () => response.destroy());
    };
    await expect(client().run((calls) => calls.getStudents('LMS', 1))).rejects.toMatchObject({ name: 'ProtocolError' });
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['GET', 'finish', 'ibsession=abc'],
    ]);
  });

  test('a failing farewell is nobody’s failure', async () => {
    answer = (request, response) =>
      request.headers.ibsession === 'finish' ? void response.destroy() : say(response, 200, page('[]'), cookie());
    expect(await client().run((calls) => calls.getStudents('LMS', 1))).toEqual([]);
  });

  test('is one turn at the infobase, as a single call is', async () => {
    let turns = 0;
    let inside = 0;
    const one = client({
      serialize: async (work) => {
        turns++;
        expect(++inside).toBe(1);
        return work(new AbortController().signal).finally(() => inside--);
      },
    });
    await one.run((calls) => calls.getStudents('LMS', 1).then(() => calls.getStudents('LMS', 1)));
    await one.getStudents('LMS', 1);
    await one.operations();
    expect(turns).toBe(3);
  });
});

test('counts the operations that 1C answers, neither its WSDL nor what it refuses', async () => {
  const one = client();
  await one.getStudents('LMS', 1);
  expect(one.answered).toBe(1);
  answer = (_, response) => say(response, 500, '');
  await one.getStudents('LMS', 1).catch(() => undefined);
  await one.operations().catch(() => undefined);
  expect(one.answered).toBe(1);
});

test('what the WSDL offers is believed for 10 minutes, and no longer than a call shows otherwise', async () => {
  let offered = writeWsdl(namespace, url);
  answer = (request, response) =>
    request.method === 'GET' ? say(response, 200, offered) : say(response, 500, writeFault('server', 'нет', '1.1'));
  const one = client();
  jest.useFakeTimers({
    now: 0,
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
  });
  try {
    expect([await one.offers('Reoffer'), await one.offers('SetErrorCronflag')]).toEqual([true, true]);
    expect(seen).toHaveLength(1);
    offered = offered.replaceAll('"Reoffer"', '"Another"');
    jest.setSystemTime(599_999);
    expect(await one.offers('Reoffer')).toBe(true);
    jest.setSystemTime(600_000);
    expect(await one.offers('Reoffer')).toBe(false);
    expect(seen).toHaveLength(2);
    offered = offered.replaceAll('"SetErrorCronflag"', '"Another"');
    await expect(one.setErrorCronflag('1', 'LMS')).rejects.toMatchObject({ name: 'MissingOperationError' });
    expect(await one.offers('SetErrorCronflag')).toBe(false);
    expect(seen).toHaveLength(4);
  } finally {
    jest.useRealTimers();
  }
});

test('an exception in 1C may be one record’s: worth another try', async () => {
  answer = (request, response) =>
    request.method === 'GET'
      ? say(response, 200, writeWsdl(namespace, url))
      : say(response, 500, writeFault('server', 'Деление на 0', '1.1'));
  await expect(client().getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'FaultError',
    failure: { kind: 'temporary', cause: 'onec-fault' },
  });
});

test('400 twice is given up', async () => {
  answer = (_, response) => say(response, 400, '');
  await expect(client().getStudents('LMS', 1)).rejects.toMatchObject({ name: 'ProtocolError' });
  expect(seen).toHaveLength(2);
});

test('406: rests, asks once more, then says busy', async () => {
  answer = (_, response) => say(response, 406, '');
  const begun = Date.now();
  await expect(client({ busyPause: 60 }).getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'BusyError',
    failure: { kind: 'outage' },
  });
  expect(Date.now() - begun).toBeGreaterThanOrEqual(55);
  expect(seen).toHaveLength(2);
  answer = (_, response) => say(response, seen.length === 3 ? 406 : 200, page('[]'));
  expect(await client().getStudents('LMS', 1)).toEqual([]);
});

describe('time', () => {
  test('an answer that does not come', async () => {
    answer = () => undefined;
    const one = client({ timeouts: { connect: 1000, call: 50, cold: 80 } });
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({
      name: 'OnecTimeoutError',
      failure: { kind: 'outage' },
    });
  });

  test('the first call after a rest may take longer than the next', async () => {
    const one = client({ timeouts: { connect: 1000, call: 60, cold: 5000 } });
    answer = (_, response) => void setTimeout(() => say(response, 200, page('[]')), 150);
    expect(await one.getStudents('LMS', 1)).toEqual([]);
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({ name: 'OnecTimeoutError' });
  });

  test('a server that accepts no connection in time', async () => {
    // A documentation address: nothing answers there.
    const one = client({ url: 'http://192.0.2.1/ws/x', timeouts: { connect: 60, call: 5000, cold: 5000 } });
    await expect(one.getStudents('LMS', 1)).rejects.toMatchObject({ failure: { kind: 'outage' } });
  });

  test('a call is given up on shutdown', async () => {
    answer = () => undefined;
    const shutdown = new AbortController();
    const call = client({ signal: shutdown.signal }).getStudents('LMS', 1);
    setTimeout(() => shutdown.abort(new ServiceClosingError()), 30);
    await expect(call).rejects.toThrow(ServiceClosingError);
  });
});

test('nobody there', async () => {
  await expect(client({ url: 'http://127.0.0.1:9/ws/x' }).probe()).rejects.toMatchObject({
    name: 'UnreachableError',
    failure: { kind: 'outage' },
    mayBeDone: false,
  });
});

test('a redirect is an error, not followed', async () => {
  answer = (_, response) => say(response, 302, '', { location: 'https://elsewhere.example.org/' });
  await expect(client().getStudents('LMS', 1)).rejects.toMatchObject({
    name: 'PublicationError',
    failure: { kind: 'configuration' },
  });
  expect(seen).toHaveLength(1);
});

test('an empty list makes no call', async () => {
  expect(await client().setCronflag([], 'LMS')).toEqual([]);
  expect(await client().reoffer([], 'LMS')).toEqual([]);
  expect(seen).toEqual([]);
});
