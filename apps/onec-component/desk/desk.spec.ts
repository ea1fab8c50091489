import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { roles, routesOf, signDoorToken, type Bearer } from '#http-api';
import type { Configuration } from '#platform';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';
import { controllers } from './controllers.js';
import { DeskServer } from './desk-server.js';
import { deskDocument } from './document.js';
import { deskPermissions, mayRole, rolesThatMay, type DeskPermission } from './permissions.js';

async function keyPair(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return {
    secret: JSON.stringify({ ...(await exportJWK(privateKey)), kid }),
    open: { ...(await exportJWK(publicKey)), kid },
  };
}

let registers: Registers;
let desk: DeskServer;
let url: string;
let first: Awaited<ReturnType<typeof keyPair>>;
const folder = mkdtempSync(join(tmpdir(), 'itk-desk-'));
const keysFile = join(folder, 'keys.json');
const trust = (...pairs: { open: object }[]) =>
  writeFileSync(keysFile, JSON.stringify({ keys: pairs.map(({ open }) => open) }, null, 2));

beforeAll(async () => {
  first = await keyPair('first');
  trust(first);
  registers = await openRegisters();
  const name = (individual: string, period: string, lastname: string) => ({
    ...{ individual, period, lastname },
    ...{ firstname: 'Артём', middlename: 'Семёнович' },
  });
  registers.university.snapshot = {
    ...emptyUniversity(),
    students: ['1', '2', '3'].map((code) => ({ code, individual: `I${code}` })),
    names: [
      name('I1', '2020-01-01T00:00:00', 'Королёв'),
      name('I2', '2020-01-01T00:00:00', 'Королева'),
      name('I3', '2020-01-01T00:00:00', 'Королькова'),
      name('I3', '2021-01-01T00:00:00', '100%_ная'),
      name('I2', '2099-01-01T00:00:00', 'Будущая'),
    ],
  };
  await registers.mirror.refresh();
  const configuration = { onecComponent: { desk: { host: '127.0.0.1', port: 0, keysFile } } } as Configuration;
  desk = new DeskServer(configuration, registers.dataSource, registers.clock);
  await desk.onApplicationBootstrap();
  url = `http://127.0.0.1:${desk.address!.port}`;
}, 60_000);
afterAll(async () => {
  await desk.beforeApplicationShutdown();
  await registers.close();
  rmSync(folder, { recursive: true });
});

const bearerOf = (...granted: Bearer['grants'][number]['role'][]): Bearer => ({
  login: 'somebody',
  name: 'Петрова А. Б.',
  grants: granted.map((role) => ({ role })),
});
const ask = async (target: string, bearer = bearerOf('operator'), { method = 'GET', key = first.secret } = {}) => {
  const token = await signDoorToken(key, 'onec-component', bearer, { method, target });
  const response = await fetch(`${url}${target}`, { method, headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const find = async (name: string, more = '') => {
  const { status, body } = await ask(`/api/desk/students?name=${encodeURIComponent(name)}${more}`);
  return status === 200 ? (body.students as { code: string }[]).map(({ code }) => code) : status;
};

test('by parts of the present name, large and small letters alike, ё as е', async () => {
  expect(await find('КОРОЛЕВ')).toEqual(['2', '1']);
  expect(await find('семен королё')).toEqual(['2', '1']);
  expect(await find('королькова')).toEqual([]);
  expect(await find('будущая')).toEqual([]);
  expect(await find('0%_')).toEqual(['3']);
  expect(await find('%%')).toEqual([]);
});

test('bounded, and it says that there are others', async () => {
  const { body } = await ask(`/api/desk/students?name=${encodeURIComponent('артём')}&limit=1`);
  expect(body).toMatchObject({ more: true, students: [{ lastname: expect.any(String), group: null }] });
  for (const bad of ['', 'а', 'а'.repeat(101), 'а б в г д е', 'а\0б']) expect(await find(bad)).toBe(400);
  expect(await find('артём', '&limit=101')).toBe(400);
});

test('every route with every role and with none, held against the table', async () => {
  for (const { path, method, permit, name } of routesOf(controllers)) {
    expect(deskPermissions).toContain(permit);
    const target = path.replace(/\{\w+\}/g, '1');
    const asked = async (...granted: Bearer['grants'][number]['role'][]) =>
      (await ask(target, bearerOf(...granted), { method: method.toUpperCase() })).status;
    for (const role of roles)
      expect([name, role, (await asked(role)) !== 403]).toEqual([name, role, mayRole(role, permit as DeskPermission)]);
    expect([name, await asked()]).toEqual([name, 403]);
    expect((await fetch(`${url}${target}`, { method: method.toUpperCase() })).status).toBe(401);
  }
});

test('the table is what is meant', () => {
  expect(Object.fromEntries(deskPermissions.map((each) => [each, rolesThatMay(each).join(' ')]))).toEqual({
    'desk.read': 'viewer operator administrator ELSCurriculumDeveloper ELSAdministrator',
    'desk.post': 'ELSCurriculumDeveloper ELSAdministrator',
    'desk.cancel': 'ELSAdministrator',
    'students.find': 'operator administrator ELSAdministrator',
  });
});

test('another request, a key that is not known, and no key at all are refused; a changed key takes no restart', async () => {
  const target = '/api/desk/students?name=ab';
  const token = await signDoorToken(first.secret, 'onec-component', bearerOf('operator'), { method: 'GET', target });
  const status = async (path: string, method = 'GET') =>
    (await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status(target)).toBe(200);
  expect(await status('/api/desk/students?name=abc')).toBe(401);
  expect(await status(target, 'HEAD')).toBe(401);
  const second = await keyPair('second');
  expect((await ask(target, bearerOf('operator'), { key: second.secret })).status).toBe(401);
  trust(first, second);
  expect((await ask(target, bearerOf('operator'), { key: second.secret })).status).toBe(200);
  expect(await status(target)).toBe(200);
  trust(second);
  expect(await status(target)).toBe(401);
  writeFileSync(keysFile, JSON.stringify({ keys: [JSON.parse(second.secret)] }));
  expect((await ask(target, bearerOf('operator'), { key: second.secret })).status).toBe(503);
  trust(first);
});

test('openapi.json is what the controllers say now: else npm run openapi', () => {
  expect(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')).toBe(deskDocument());
});
