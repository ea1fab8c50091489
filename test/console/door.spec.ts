import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as rest } from 'node:timers/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Configuration } from '#platform';
import { examineDoor } from '../../apps/console/doctor/door.js';
import { HttpSetup } from '../../apps/console/testing/http-setup.js';
import { keyPair, openDesk, type Desk } from '../../apps/onec-component/testing/desk.js';
import { openRegisters, type Registers } from '../../apps/onec-component/testing/registers.js';

let registers: Registers;
let desk: Desk;
const folder = mkdtempSync(join(tmpdir(), 'itk-door-'));
const servers: Server[] = [];

beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers);
}, 60_000);
afterAll(async () => {
  for (const server of servers) server.close();
  await desk.close();
  await registers.close();
  rmSync(folder, { recursive: true });
});

const secretIn = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the doctor tries the door', () => {
  const found = async (
    door: { url?: string; keyFile?: string } | undefined = {},
    component: object | undefined = { desk: { host: '10.0.0.7', port: 8091 } },
  ) => {
    const keyFile = secretIn('key.json', desk.first.secret);
    const configured = door && { url: desk.url, keyFile, ...door };
    const configuration = { console: { desk: configured }, onecComponent: component } as unknown as Configuration;
    return (await examineDoor(configuration)).map(({ check, severity, what, mend }) => ({
      is: `${severity}: ${check}`,
      what: what.en,
      mend: mend?.en,
    }));
  };
  const text = (piece: RegExp): string => expect.stringMatching(piece) as unknown as string;

  test('open, it is well, and says with which key', async () => {
    expect(await found()).toEqual([{ is: 'ok: door', what: text(/key first/), mend: undefined }]);
  });

  test('a desk without a door is worth a word, neither is worth none', async () => {
    const configuration = { console: {}, onecComponent: { desk: {} } } as unknown as Configuration;
    expect(await examineDoor(configuration)).toMatchObject([{ check: 'door', severity: 'advice' }]);
    expect(await examineDoor({ console: {} } as unknown as Configuration)).toEqual([]);
  });

  test('a key that is missing, or none', async () => {
    const missing = join(folder, 'missing.json');
    expect(await found({ keyFile: missing })).toEqual([
      { is: 'error: door-key', what: text(/no such file/), mend: text(/console\.desk\.keyFile/) },
    ]);
    const [broken] = await found({ keyFile: secretIn('broken.json', '{"kty":"OKP","d":"secret"}') });
    expect(broken).toMatchObject({ is: 'error: door-key', what: text(/wrong at/) });
    expect(broken!.what).not.toMatch(/secret"/);
  });

  test('a key that the desk does not know, another of the same name, and a desk that can read none', async () => {
    const stranger = await keyPair('first');
    const later = await keyPair('later');
    try {
      expect(await found({ keyFile: secretIn('later.json', later.secret) })).toEqual([
        { is: 'error: door-key', what: text(/does not know the key later/), mend: text(/keysFile/) },
      ]);
      expect(await found({ keyFile: secretIn('stranger.json', stranger.secret) })).toEqual([
        { is: 'error: door-key', what: text(/Under the name first/), mend: text(/new kid/) },
      ]);
      writeFileSync(desk.keysFile, 'no JSON');
      expect(await found()).toEqual([
        { is: 'error: door-key', what: text(/cannot read the keys/), mend: text(/onecComponent\.desk\.keysFile/) },
      ]);
    } finally {
      desk.trust(desk.first.open);
    }
  });

  test('nobody there, somebody else, a desk that cannot work now', async () => {
    expect(await found({ url: 'http://127.0.0.1:1' })).toEqual([
      { is: 'error: door-address', what: text(/does not answer at/), mend: text(/10\.0\.0\.7:8091/) },
    ]);
    for (const [status, body] of [
      [200, '<html>Welcome</html>'],
      [404, '{"message":"Cannot GET /api/desk/els"}'],
      [401, 'SOAP'],
    ] as const)
      expect(await found({ url: await serving((_, response) => void response.writeHead(status).end(body)) })).toEqual([
        { is: 'error: door-address', what: text(new RegExp(`something else.*HTTP ${status}`)), mend: text(/SOAP/) },
      ]);
    const away = await serving((_, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{}');
    });
    expect(await found({ url: away })).toMatchObject([{ is: 'error: door-away' }]);
  });

  test('somebody in between who changes the address', async () => {
    const between = await serving(({ url, headers }, response) => {
      request(new URL(`${url}?by=proxy`, desk.url), { headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      }).end();
    });
    expect(await found({ url: between })).toMatchObject([{ is: 'error: door-key', what: text(/changes the address/) }]);
  });

  test('clocks: apart, and so far that no token is taken', async () => {
    const answering = (status: number, seconds: number, headers: Record<string, string> = {}) =>
      serving((_, response) => {
        response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"els":[]}');
      });
    expect(await found({ url: await answering(200, 10) })).toMatchObject([{ is: 'ok: door' }]);
    expect(await found({ url: await answering(200, 22) })).toMatchObject([
      { is: 'ok: door' },
      { is: 'warning: door-clock', what: text(/2[12] s ahead/), mend: text(/NTP/) },
    ]);
    expect(await found({ url: await answering(200, -25) })).toMatchObject([
      { is: 'ok: door' },
      { is: 'warning: door-clock', what: text(/2[456] s behind/) },
    ]);
    const clock = { 'www-authenticate': 'Bearer error="invalid_token", error_description="clock"' };
    expect(await found({ url: await answering(401, 100, clock) })).toEqual([
      { is: 'error: door-key', what: text(/clocks.*30 s apart/), mend: text(/NTP/) },
    ]);
  });
});

describe('the guide by which the key is changed', () => {
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/sign-in.md'), 'utf8');
  const [russian, english] = [...guide.matchAll(/```sh\n([^`]*)```/g)]
    .map(([, lines]) => lines!)
    .filter((lines) => lines.includes('sleep'));
  const commands = (lines: string): string => lines.replaceAll(/ *#.*$/gm, '');

  test('is the same in both languages', () => {
    expect(commands(english!)).toBe(commands(russian!));
  });

  test('step by step, while people work: no request is refused, and in the end the old key is worth nothing', async () => {
    const secrets = dirname(desk.keysFile);
    const keyFile = join(secrets, 'desk-key.json');
    writeFileSync(keyFile, desk.first.secret);
    symlinkSync(secrets, join(folder, 'secrets'));
    const program = resolve(import.meta.dirname, '../../dist/apps/console/cli/main.js');
    for (const [name, does] of [
      ['itk', `exec "${process.execPath}" "${program}" "$@"`],
      // No token is on its way so long: each is used at once.
      ['sleep', 'exit 0'],
    ] as const) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${does}\n`);
      chmodSync(join(folder, name), 0o700);
    }
    const setup = new HttpSetup();
    await setup.open({ desk: { url: desk.url, keyFile } });
    const answers: number[] = [];
    let working = true;
    try {
      const person = await setup.as('ELSAdministrator');
      const work = async (): Promise<void> => {
        while (working) {
          answers.push((await person.get('/api/desk/els')).status);
          await rest(20);
        }
      };
      const people = [work(), work()];
      const env = { ...process.env, NODE_OPTIONS: '', PATH: `${folder}:${process.env.PATH}` };
      await promisify(execFile)('sh', ['-eu', '-c', english!], { cwd: folder, env });
      working = false;
      await Promise.all(people);
      expect((await person.get('/api/desk/els')).status).toBe(200);
      expect(answers.length).toBeGreaterThan(20);
      expect(new Set(answers)).toEqual(new Set([200]));
      const { keys } = JSON.parse(readFileSync(desk.keysFile, 'utf8')) as { keys: object[] };
      const { kid, d, x } = JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, string>;
      expect(d).toBeDefined();
      expect(keys).toMatchObject([{ kid, x }]);
      expect(kid).not.toBe('first');
      writeFileSync(keyFile, desk.first.secret);
      expect((await person.get('/api/desk/els')).status).toBe(503);
    } finally {
      working = false;
      await setup.close();
    }
  }, 120_000);
});
