import 'reflect-metadata';
import { routesOf, type Bearer } from '#http-api';
import { openDesk, type Desk } from '../../testing/desk.js';
import { openRegisters, type Registers } from '../../testing/registers.js';
import { controllers } from '../controllers.js';
import { touchedBy } from './touched.js';

let registers: Registers;
let desk: Desk;
beforeAll(async () => {
  registers = await openRegisters();
  await registers.dataSource.query(
    `insert into onec_component.systems values ('1', 'LMS', ''), ('2', 'MSF', ''), ('3', 'nobody''s', '')`,
  );
  desk = await openDesk(registers, [
    { id: 'lms', els: 'LMS' },
    { id: 'msf', els: 'MSF' },
  ]);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});

const draft = (system: string | null) => ({
  ...{ system, comment: '', date: null, display: null },
  ...{ curricula: [], departments: [], disciplines: [], periods: [] },
  lines: {
    ...{ curriculum: [], department: [], discipline: [], semester: [], course: [], change: [], several: [] },
    ...{ shownCourse: [], shownPeriod: [] },
  },
});
type Grants = Bearer['grants'];
const bearer = (grants: Grants): Bearer => ({ login: 'ivanova', name: 'Иванова А. Б.', grants });
const developer: Grants = [{ role: 'ELSCurriculumDeveloper', systems: ['lms'] }];
const ask = async (grants: Grants, method: string, target: string, body?: unknown) =>
  desk.ask(`/api/desk/${target}`, { method, body, bearer: bearer(grants) });
const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;

test('a role of one system reads and changes that one, and no other', async () => {
  for (const room of ['bindings', 'bindings/gone', 'bindings/suggestions', 'documents'])
    for (const [system, wanted] of [
      ['1', 200],
      ['2', 403],
      ['3', 403],
      ['999', 403],
    ] as const)
      expect([room, system, await status(developer, 'GET', `${room}?system=${system}`)]).toEqual([
        room,
        system,
        wanted,
      ]);
  for (const all of ['documents', 'documents/authors', 'bindings/counts', 'empty-bindings'])
    expect([all, await status(developer, 'GET', all)]).toEqual([all, 403]);
  expect(await status(developer, 'GET', 'documents?system=1&system=2')).toBe(403);
  expect(await status(developer, 'GET', 'els')).toBe(200);
  expect(await status(developer, 'GET', 'curricula')).toBe(200);
});

test('a document is of its system, whatever the request says', async () => {
  const everywhere: Grants = [{ role: 'ELSAdministrator' }];
  const { body: own } = await ask(developer, 'POST', 'documents', draft('1'));
  const { body: other } = await ask(everywhere, 'POST', 'documents', draft('2'));
  expect(await status(developer, 'POST', 'documents', draft('2'))).toBe(403);
  expect(await status(developer, 'GET', `documents/${own.id}`)).toBe(200);
  for (const part of ['', '/posting', '/mark', '/copy', '/cancelling']) {
    const method = part === '' ? 'GET' : 'POST';
    const body = { version: 1, marked: true, system: '1' };
    expect([
      part,
      await status(developer, method, `documents/${other.id}${part}`, method === 'POST' ? body : undefined),
    ]).toEqual([part, 403]);
  }
  expect(await status(developer, 'PUT', `documents/${own.id}`, { ...draft('2'), version: 1 })).toBe(403);
  expect(await status(developer, 'GET', `documents/${other.id.toUpperCase()}`)).toBe(403);
  expect(await status(everywhere, 'GET', `documents/${other.id}`)).toBe(200);
});

test('what a role may elsewhere is no right here', async () => {
  const both: Grants = [...developer, { role: 'ELSAdministrator', systems: ['msf'] }];
  const { body } = await ask(both, 'POST', 'documents', draft('1'));
  expect(await status(both, 'GET', `documents/${body.id}/cancelling`)).toBe(403);
  expect(await status(both, 'POST', 'els', { name: 'new', address: '' })).toBe(403);
});

test('a route that nobody has thought of is about everything', async () => {
  const asked = { method: 'GET', query: { system: '1' }, body: undefined };
  expect(await touchedBy({ ...asked, path: ['forgotten'] }, registers.dataSource)).toBe('everything');
  const rooms = ['students', 'filters', 'curricula', 'groups', 'els', 'bindings', 'empty-bindings', 'documents'];
  const unknown = routesOf(controllers).filter(({ path }) => !rooms.includes(path.split('/')[3]!));
  // Closed to whoever is limited: name it in touched.ts, or here.
  expect(unknown.map(({ path }) => path.split('/')[3])).toEqual(unknown.map(() => 'synchronization'));
});
