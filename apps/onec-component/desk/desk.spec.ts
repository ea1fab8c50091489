import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles, routesOf, signDoorToken, type Bearer, type Route } from '#http-api';
import { bearerOf, keyPair, openDesk, type Desk } from '../testing/desk.js';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';
import { controllers } from './controllers.js';
import { deskDocument } from './document.js';
import { deskPermissions, mayRole, rolesThatMay, type DeskPermission } from './permissions.js';

let registers: Registers;
let desk: Desk;

beforeAll(async () => {
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
  desk = await openDesk(registers);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});

const find = async (name: string, more = '') => {
  const { status, body } = await desk.ask(`/api/desk/students?name=${encodeURIComponent(name)}${more}`);
  return status === 200 ? (body.students as { code: string }[]).map(({ code }) => code) : status;
};

test('by parts of the present name, large and small letters alike, ё as е, also in the order', async () => {
  expect(await find('КОРОЛЕВ')).toEqual(['1', '2']);
  expect(await find('семен королё')).toEqual(['1', '2']);
  expect(await find('королькова')).toEqual([]);
  expect(await find('будущая')).toEqual([]);
  expect(await find('0%_')).toEqual(['3']);
  expect(await find('%%')).toEqual([]);
});

test('bounded, and it says that there are others', async () => {
  const { body } = await desk.ask(`/api/desk/students?name=${encodeURIComponent('артём')}&limit=1`);
  expect(body).toMatchObject({ more: true, students: [{ lastname: expect.any(String), group: null }] });
  for (const bad of ['', 'а', 'а'.repeat(101), 'а б в г д е', 'а\0б']) expect(await find(bad)).toBe(400);
  expect(await find('артём', '&limit=101')).toBe(400);
});

/** The issue's table and onec.md's, by hand: what only some may do. Whoever may do it sees what is there to be read. */
const meant: Record<DeskPermission, string> = {
  'desk.read': 'viewer operator administrator ELSCurriculumDeveloper ELSAdministrator',
  'desk.post': 'ELSCurriculumDeveloper ELSAdministrator',
  'desk.cancel': 'ELSAdministrator',
  'students.read': 'operator administrator ELSCurriculumDeveloper ELSAdministrator',
  'students.find': 'operator administrator ELSAdministrator',
};

test('the table is what is meant', () => {
  expect(Object.fromEntries(deskPermissions.map((each) => [each, rolesThatMay(each).join(' ')]))).toEqual(meant);
});

/** Of which matrix row each route is. What is not here is read, or is only for those who post. */
const administrators = new Set([
  ...['createEls', 'editEls', 'deleteEls', 'foreseeCancelling', 'cancelPosting'],
  ...['foreseeRows', 'deleteRows', 'editRow'],
]);
const routes = routesOf(controllers);

test('whatever changes something is for those who may post, and the rows of the matrix for administrators alone', () => {
  for (const { name, method, permit } of routes) {
    if (administrators.has(name)) expect([name, permit]).toEqual([name, 'desk.cancel']);
    else if (method !== 'get' && permit !== 'desk.read') expect([name, permit]).toEqual([name, 'desk.post']);
  }
});

/** Something that passes every schema: so an answer says what the route made of it, not that it was not understood. */
const given: Record<string, string> = { id: '00000000-0000-4000-8000-000000000000', code: '999' };
const needed: Record<string, string> = {
  ...{ name: 'абв', system: '999', curriculum: 'п', disciplineKind: 'Discipline', discipline: 'д', semester: '1' },
  ...{ version: '1', format: 'csv' },
};
const row = { system: '999', student: '1', period: '2025-01-01T00:00:00' };
const bodies: Record<string, unknown> = {
  createDocument: draft(),
  saveDocument: { ...draft(), version: 1 },
  postDocument: { version: 1 },
  cancelPosting: { version: 1 },
  markDocument: { version: 1, marked: true },
  createEls: { name: 'matrix', address: '' },
  editEls: { name: 'matrix', address: '' },
  draftZeroing: { system: '999' },
  previewBindings: { system: '999', file: Buffer.from('а;б').toString('base64') },
  startRun: { system: '999', curriculum: null },
  foreseeRows: { selection: { filter: { system: '999' } } },
  deleteRows: { selection: { filter: { system: '999' } }, expected: 0 },
  editRow: { ...row, to: { period: row.period, error: false } },
};
function draft() {
  const lines = { curriculum: [], department: [], discipline: [], semester: [], course: [], change: [], several: [] };
  return {
    ...{ system: null, comment: '', date: null, display: null },
    ...{ curricula: [], departments: [], disciplines: [], periods: [] },
    lines: { ...lines, shownCourse: [], shownPeriod: [] },
  };
}
const targetOf = ({ path, query }: Route): string => {
  const asked = new URLSearchParams();
  for (const [key, schema] of Object.entries(query?.shape ?? {}))
    if (!(schema as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success)
      asked.set(key, needed[key]!);
  const search = asked.toString();
  return `${path.replace(/\{(\w+)\}/g, (_, key: string) => given[key]!)}${search && `?${search}`}`;
};

test.each(routes.map((route) => [route.name, route] as const))(
  '%s: every role and none, against the table',
  async (name, route) => {
    const method = route.method.toUpperCase();
    const target = targetOf(route);
    const asked = async (...granted: Bearer['grants'][number]['role'][]) =>
      (await desk.ask(target, { method, body: bodies[name], bearer: bearerOf(...granted) })).status;
    expect(deskPermissions).toContain(route.permit);
    expect(await asked()).toBe(403);
    for (const role of roles) {
      const status = await asked(role);
      const may = mayRole(role, route.permit as DeskPermission);
      // 404, 409, 422: it was understood, and what it is about is not there.
      expect([role, may ? [200, 201, 202, 204, 404, 409, 422].includes(status) || status : status]).toEqual([
        role,
        may || 403,
      ]);
    }
    expect((await fetch(`${desk.url}${target}`, { method })).status).toBe(401);
  },
);

test('another request, a key that is not known, and no key at all are refused; a changed key takes no restart', async () => {
  const target = '/api/desk/students?name=ab';
  const { first } = desk;
  const token = await signDoorToken(first.secret, 'onec-component', bearerOf('operator'), { method: 'GET', target });
  const status = async (path: string, method = 'GET') =>
    (await fetch(`${desk.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status(target)).toBe(200);
  expect(await status('/api/desk/students?name=abc')).toBe(401);
  expect(await status(target, 'HEAD')).toBe(401);
  const second = await keyPair('second');
  expect((await desk.ask(target, { key: second.secret })).status).toBe(401);
  desk.trust(first.open, second.open);
  expect((await desk.ask(target, { key: second.secret })).status).toBe(200);
  expect(await status(target)).toBe(200);
  desk.trust(second.open);
  expect(await status(target)).toBe(401);
  writeFileSync(desk.keysFile, JSON.stringify({ keys: [JSON.parse(second.secret)] }));
  expect((await desk.ask(target, { key: second.secret })).status).toBe(503);
  desk.trust(first.open);
});

test('openapi.json is what the controllers say now: else npm run openapi', () => {
  expect(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')).toBe(deskDocument());
});
