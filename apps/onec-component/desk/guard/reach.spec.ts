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
type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
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
  const rooms = [
    ...['students', 'filters', 'curricula', 'groups', 'els', 'bindings', 'empty-bindings', 'documents'],
    'synchronization',
  ];
  const unknown = routesOf(controllers).filter(({ path }) => !rooms.includes(path.split('/')[3]!));
  // Closed to whoever is limited: name it in touched.ts, and here.
  expect(unknown.map(({ path }) => path)).toEqual([]);
});

describe('where no system is named, whoever is limited sees their own, route by route', () => {
  const everywhere: Grants = [{ role: 'ELSAdministrator' }];
  const limited: Grants = [{ role: 'ELSAdministrator', systems: ['lms'] }];
  const nowhere: Grants = [{ role: 'ELSAdministrator', systems: ['gone'] }];
  const body = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).body;
  const all = { selection: { filter: {} } };
  const rowOf = (system: string) => ({ system, student: `of ${system}`, period: '2099-01-01T00:00:00' });

  beforeAll(async () => {
    await registers.dataSource.query('delete from onec_component.binding_documents');
    for (const system of ['1', '2', '3', null]) {
      const { id } = await body(everywhere, 'POST', 'documents', draft(system));
      await registers.dataSource.query('update onec_component.binding_documents set author = $2 where id = $1', [
        ...[id, `author of ${system ?? 'none'}`],
      ]);
    }
    // Of no system as a whole, because its lines are of several.
    const { id } = await body(everywhere, 'POST', 'documents', draft(null));
    await registers.dataSource.query(
      `insert into onec_component.binding_document_lines
         (document, line, curriculum, department, discipline_kind, discipline, semester, system, course_id, change, several)
       select $1, n, 'c', 'd', 'Discipline', 'x', 1, n::text, 0, true, false from generate_series(1, 2) n`,
      [id],
    );
    await registers.dataSource.query(`update onec_component.binding_documents set author = 'of two' where id = $1`, [
      id,
    ]);
    for (const system of ['1', '2'])
      await registers.dataSource.query(
        `insert into onec_component.empty_binding_runs
           (id, system, curriculum, login, author, state, total, done, documents, lines, last_curriculum, failures, started_at)
         values (gen_random_uuid(), $1, null, 'a', 'b', 'done', 0, 0, 0, 0, '', '[]', now())`,
        [system],
      );
  });
  beforeEach(async () => {
    await registers.dataSource.query('delete from onec_component.synchronization');
    for (const { system, student, period } of ['1', '2', '3'].map(rowOf))
      await registers.dataSource.query('insert into onec_component.synchronization values ($1, $2, $3, true)', [
        ...[system, student, period],
      ]);
  });

  const seen: [route: string, of: (body: Json) => unknown, mine: unknown, everything: unknown][] = [
    [
      'GET documents',
      ({ documents }) => documents.map(({ author }: { author: string }) => author).sort(),
      ['author of 1', 'author of none'],
      ['author of 1', 'author of 2', 'author of 3', 'author of none', 'of two'],
    ],
    ['GET documents', ({ total }) => total, 2, 5],
    [
      'GET documents/authors',
      ({ authors }) => authors,
      ['author of 1', 'author of none'],
      ['author of 1', 'author of 2', 'author of 3', 'author of none', 'of two'],
    ],
    [
      'GET bindings/counts',
      ({ systems }) => systems.map(({ system }: { system: string }) => system),
      ['1'],
      ['1', '2', '3'],
    ],
    [
      'GET empty-bindings',
      ({ runs }) => runs.map(({ system }: { system: string }) => system).sort(),
      ['1'],
      ['1', '2'],
    ],
    [
      'GET synchronization',
      ({ rows, total }) => [total, ...rows.map(({ system }: { system: string }) => system).sort()],
      [1, '1'],
      [3, '1', '2', '3'],
    ],
    ['POST synchronization/foresee', ({ rows }) => rows, 1, 3],
  ];
  test.each(seen)('%s', async (route, of, mine, everything) => {
    const [method, target] = route.split(' ') as [string, string];
    const given = method === 'POST' ? all : undefined;
    expect(of(await body(limited, method, target, given))).toEqual(mine);
    expect(of(await body(everywhere, method, target, given))).toEqual(everything);
    // A system that is named where the route does not look widens nothing.
    const sly = method === 'POST' ? { ...all, system: '1' } : undefined;
    expect(of(await body(limited, method, `${target}?system=1`, sly))).toEqual(
      target === 'documents' ? (Array.isArray(mine) ? ['author of 1'] : 1) : mine,
    );
    expect(await status(limited, method, `${target}?system=2`, given)).toBe(403);
    expect(await status(nowhere, method, target, given)).toBe(200);
    expect(await status([{ role: 'deansOffice', systems: ['lms'] }], method, target, given)).toBe(403);
  });

  test('POST synchronization/delete: their own rows alone, chosen by filter or one by one', async () => {
    const left = async () =>
      (await registers.dataSource.query('select system from onec_component.synchronization order by system')).map(
        ({ system }: { system: string }) => system,
      );
    expect(await status(limited, 'POST', 'synchronization/delete', { ...all, expected: 3 })).toBe(409);
    for (const system of ['2', '3']) {
      const selection = { rows: [rowOf('1'), rowOf(system)] };
      expect(await status(limited, 'POST', 'synchronization/delete', { selection, expected: 2 })).toBe(403);
      expect(await status(limited, 'POST', 'synchronization/foresee', { selection })).toBe(403);
      const filter = { filter: { system } };
      expect(await status(limited, 'POST', 'synchronization/delete', { selection: filter, expected: 1 })).toBe(403);
    }
    expect(await left()).toEqual(['1', '2', '3']);
    expect(await body(limited, 'POST', 'synchronization/delete', { ...all, expected: 1 })).toMatchObject({ rows: 1 });
    expect(await left()).toEqual(['2', '3']);
  });

  test('PUT synchronization: a row of their own', async () => {
    const to = { period: '2098-01-01T00:00:00', error: false };
    expect(await status(limited, 'PUT', 'synchronization', { ...rowOf('2'), to })).toBe(403);
    expect(await status(limited, 'PUT', 'synchronization?system=1', { ...rowOf('2'), to })).toBe(403);
    expect(await status(limited, 'PUT', 'synchronization', { ...rowOf('1'), to })).toBe(204);
  });

  test('of two roles the one that may decides how far: a reader of all, an administrator of one', async () => {
    const mixed: Grants = [{ role: 'viewer' }, ...limited];
    expect((await body(mixed, 'GET', 'synchronization')).total).toBe(3);
    expect((await body(mixed, 'POST', 'synchronization/foresee', all)).rows).toBe(1);
  });
});
