import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClientAsync, type Client } from 'soap';
import { createSandboxOneC, type SandboxOneC } from '../../../sandbox/onec/server.js';
import { account, clientOf, namespace, runComponent, type RunningComponent } from '../testing/running-component.js';

let sandbox: SandboxOneC;
let component: RunningComponent;
beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 30, seed: 5, systems: ['LMS'], faulty: 0 });
  component = await runComponent(`${sandbox.url}/snapshot`);
});
afterAll(async () => {
  await component.close();
  await sandbox.close();
});

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`,
});
const admin = basic(account.user, account.password);
const address = (name = 'ITK_Synchronizer.1cws') => `${component.url}/ws/${name}`;

const envelope = (inside: string, version: '1.1' | '1.2' = '1.1') =>
  `<e:Envelope xmlns:e="${version === '1.1' ? 'http://schemas.xmlsoap.org/soap/envelope/' : 'http://www.w3.org/2003/05/soap-envelope'}"><e:Body>${inside}</e:Body></e:Envelope>`;
const post = (body: string, headers: Record<string, string> = admin, type = 'text/xml; charset=utf-8') =>
  fetch(address(), { method: 'POST', headers: { ...headers, 'content-type': type }, body });

describe.each([
  ['1.1', false],
  ['1.2', true],
])('an ordinary SOAP client (node-soap), SOAP %s', (version, forceSoap12Headers) => {
  let client: Client;
  beforeAll(async () => {
    client = await createClientAsync(`${address()}?wsdl`, { forceSoap12Headers, wsdl_headers: admin });
    client.addHttpHeader('authorization', admin.authorization);
  });
  const call = async (operation: string, parameters: object) => {
    const [result, raw, , sent] = (await client[`${operation}Async`](parameters)) as [
      { return: string },
      string,
      object,
      string,
    ];
    expect(sent).toContain(version === '1.1' ? 'schemas.xmlsoap.org/soap/envelope' : '2003/05/soap-envelope');
    expect(raw).toContain(version === '1.1' ? 'schemas.xmlsoap.org/soap/envelope' : '2003/05/soap-envelope');
    return result.return;
  };

  test('knows the operations from the WSDL', () => {
    const { ITK_Synchronizer } = client.describe() as Record<string, Record<string, object>>;
    expect(Object.keys(ITK_Synchronizer ?? {})).toEqual(['ITK_SynchronizerSoap', 'ITK_SynchronizerSoap12']);
    expect(Object.keys(ITK_Synchronizer?.ITK_SynchronizerSoap ?? {}).sort()).toEqual(
      ['BindingsSince', 'ErrorsSince', 'GetStudents', 'Reoffer', 'SetCronflag', 'SetErrorCronflag'].sort(),
    );
  });

  test('gets students, flags them and offers them again', async () => {
    const page = JSON.parse(await call('GetStudents', { SystemName: 'LMS', Limit: 3 })) as { code: string }[];
    expect(page).toHaveLength(3);
    const until = Math.floor(Date.now() / 1000) + 3600;
    const list = page.map(({ code }) => `${code}#${until}`).join(', ');
    expect(await call('SetCronflag', { Students: list, SystemName: 'LMS' })).toBe('true');
    const next = JSON.parse(await call('GetStudents', { SystemName: 'LMS', Limit: 3 })) as { code: string }[];
    expect(next.filter(({ code }) => list.includes(code))).toEqual([]);
    await call('SetErrorCronflag', { Student: next[0]?.code, SystemName: 'LMS' });
    const codes = [...page, ...next].map(({ code }) => code).join(', ');
    expect(await call('Reoffer', { Students: codes, SystemName: 'LMS' })).toBe('true');
    expect(JSON.parse(await call('GetStudents', { SystemName: 'LMS', Limit: 3 }))).toEqual(page);
    const changes = await call('BindingsSince', { SystemName: 'LMS', Sequence: 0, Limit: 5 });
    expect(JSON.parse(changes)).toHaveLength(5);
  });

  test('gets an exception of the module as a fault', async () => {
    const failing = client.GetStudentsAsync?.({ SystemName: 'нет', Limit: 1 }) as Promise<unknown>;
    await expect(failing).rejects.toMatchObject({
      message: expect.stringContaining('Не найдена ЭОС с наименованием "нет"'),
    });
  });
});

describe('Basic authentication', () => {
  test.each<[string, Record<string, string>, number]>([
    ['nobody', {}, 401],
    ['an unknown user', basic('кто-то', account.password), 401],
    ['a wrong password', basic(account.user, 'x'), 401],
    ['an account without ELSAdministrator', basic('developer', 'developer'), 403],
    ['no base64', { authorization: 'Basic %%%' }, 401],
    ['another scheme', { authorization: 'Bearer x' }, 401],
    [
      'the same name in cp1251',
      { authorization: `Basic ${Buffer.from([0xd1, 0xe8, 0xed, 0x3a, 0x31]).toString('base64')}` },
      401,
    ],
  ])('%s: refused for the description and for a call', async (_, headers, status) => {
    for (const answer of [await fetch(`${address()}?wsdl`, { headers }), await post(envelope('<x/>'), headers)]) {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('www-authenticate') ?? '').toMatch(status === 401 ? /^Basic realm=/ : /^$/);
      expect(await answer.text()).not.toContain('ITK_Synchronizer:');
    }
  });

  test('our client names the cause', async () => {
    await expect(component.client({ password: () => 'x' }).probe()).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
    const developer = component.client({ user: 'developer', password: () => 'developer' });
    await expect(developer.probe()).rejects.toMatchObject({ name: 'AccessError', failure: { kind: 'configuration' } });
    await component.client().probe();
  });
});

describe('on the wire', () => {
  test('both addresses answer, and the description names the one that was asked', async () => {
    for (const name of ['ITK_Synchronizer.1cws', 'ITK_Synchronizer']) {
      const wsdl = await (await fetch(`${address(name)}?wsdl`, { headers: admin })).text();
      expect(wsdl).toContain(`<soapbind:address location="${address(name)}"/>`);
    }
    expect((await fetch(address(), { headers: admin })).status).toBe(404);
    await expect(clientOf(`${component.url}/ws/Other.1cws`).probe()).rejects.toMatchObject({
      name: 'PublicationError',
    });
  });

  test('a result looks as 1C writes it: no declaration, tabs, CRLF, a line for each member', async () => {
    const answer = await post(
      envelope(
        `<q:GetStudents xmlns:q="${namespace}"><q:SystemName>LMS</q:SystemName><q:Limit>1</q:Limit></q:GetStudents>`,
      ),
    );
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const text = await answer.text();
    expect(text).toMatch(
      /^<soap:Envelope xmlns:soap="http:\/\/schemas.xmlsoap.org\/soap\/envelope\/">\r\n\t<soap:Body>\r\n\t\t<m:GetStudentsResponse/,
    );
    expect(text).toMatch(
      /XMLSchema-instance">\[\r\n\{\r\n&quot;code&quot;: &quot;\d{9}&quot;,\r\n&quot;lastname&quot;: /,
    );
  });

  test.each<[string, string, RegExp]>([
    ['an operation that is not there', '<GetEverything/>', /Операция GetEverything не найдена/],
    [
      'a parameter left out',
      '<GetStudents><SystemName>LMS</SystemName></GetStudents>',
      /XDTO: не задан параметр Limit/,
    ],
    [
      'a limit in words',
      '<GetStudents><SystemName>LMS</SystemName><Limit>все</Limit></GetStudents>',
      /XDTO: значение параметра Limit/,
    ],
    ['a limit beyond int', '<GetStudents><SystemName>LMS</SystemName><Limit>9999999999</Limit></GetStudents>', /XDTO/],
    [
      'limit 0',
      '<GetStudents><SystemName>LMS</SystemName><Limit>0</Limit></GetStudents>',
      /Limit должно быть больше нуля/,
    ],
    ['an empty body', '', /Body is empty/],
  ])('a fault for %s', async (_, inside, text) => {
    for (const version of ['1.1', '1.2'] as const) {
      const answer = await post(
        envelope(inside, version),
        admin,
        version === '1.1' ? 'text/xml' : 'application/soap+xml',
      );
      expect(answer.status).toBe(500);
      const body = await answer.text();
      expect(body).toMatch(text);
      expect(body).toContain(version === '1.1' ? '<faultstring>' : '<soap:Text xml:lang="ru">');
    }
  });

  test('what the database cannot hold is a fault, or a student whom nobody knows; never an outage', async () => {
    const held = (operation: string, inside: string) => post(envelope(`<${operation}>${inside}</${operation}>`));
    const fault = await held('GetStudents', '<SystemName>L\u0000MS</SystemName><Limit>1</Limit>');
    expect(fault.status).toBe(500);
    expect(await fault.text()).toContain('SystemName нулевой символ');
    const [first] = await component.client().getStudents('LMS', 1);
    const code = first!.kind === 'student' ? first!.student.code : '';
    const until = Math.floor(Date.now() / 1000) + 3600;
    const flags = `${code}#${until}, 00\u000017#${until}, 00\u000118#${until}`;
    const answer = await held('SetCronflag', `<Students>${flags}</Students><SystemName>LMS</SystemName>`);
    expect(answer.status).toBe(200);
    expect((await answer.text()).match(/no such student/g)).toHaveLength(2);
    for (const [operation, list] of [
      ['SetErrorCronflag', 'Student'],
      ['Reoffer', 'Students'],
    ] as const)
      expect((await held(operation, `<${list}>0\u00001</${list}><SystemName>LMS</SystemName>`)).status).toBe(200);
    expect(await component.client().reoffer([code], 'LMS')).toEqual([]);
  });

  test('a request in windows-1251 or UTF-16 is read as declared; what is no text as declared is a fault', async () => {
    const decoder = new TextDecoder('windows-1251');
    const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    const text = envelope('<GetStudents><SystemName>Нет такой</SystemName><Limit>1</Limit></GetStudents>');
    const windows = Buffer.from([...text].map((letter) => table.get(letter)!));
    const send = async (body: Buffer, type: string) => {
      const headers = { ...admin, 'content-type': type };
      return (await fetch(address(), { method: 'POST', headers, body: new Uint8Array(body) })).text();
    };
    const declared = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), windows]);
    const wide = Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${text}`, 'utf16le');
    for (const answer of [
      await send(windows, 'text/xml; charset=windows-1251'),
      await send(declared, 'text/xml'),
      await send(wide, 'text/xml; charset=utf-16'),
    ])
      expect(answer).toContain('Не найдена ЭОС с наименованием &quot;Нет такой&quot;');
    expect(await send(windows, 'text/xml; charset=utf-8')).toContain('не текст в кодировке utf-8');
  });

  test('a name of an operation without end is cut', async () => {
    for (const times of [60, 2_000_000]) {
      const answer = await post(envelope(`<${'Get'.repeat(times)}/>`));
      expect(answer.status).toBe(500);
      expect((await answer.text()).length).toBeLessThan(1_000);
    }
  });

  test('what is no XML, or carries a document type, is a fault and harms nobody', async () => {
    for (const body of [
      '',
      'GetStudents',
      '<a',
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope('&x;')}`,
    ])
      expect((await post(body)).status).toBe(500);
  });

  test('when the database is away the answer is 503, an outage for the caller', async () => {
    await component.dataSource.query('alter table onec_component.systems rename to gone');
    await expect(component.client().getStudents('LMS', 1)).rejects.toMatchObject({
      name: 'ServerError',
      failure: { kind: 'outage' },
    });
    await component.dataSource.query('alter table onec_component.gone rename to systems');
    expect(await component.client().getStudents('LMS', 1)).toHaveLength(1);
  });
});

test('of many passwords tried at once two are looked at; who is known is served all the while', async () => {
  const wsdl = (headers: Record<string, string>) => fetch(`${address()}?wsdl`, { headers });
  expect((await wsdl(admin)).status).toBe(200);
  const tries = Array.from({ length: 30 }, (_, index) => wsdl(basic(account.user, `guess ${index}`)));
  expect((await wsdl(admin)).status).toBe(200);
  const answers = await Promise.all(tries);
  const refused = answers.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(30 - refused.length);
  for (const answer of refused) expect(answer.headers.get('retry-after')).toBe('1');
});
