import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';
import { Mirror } from './mirror.js';
import type { Snapshot } from './snapshot.js';
import { SnapshotUniversity, UniversityError } from './university.js';
import { TroubleBook } from '#persistence';
import { HealthSigns, type Configuration } from '#platform';

let server: Server;
let asked: string[];
let answer: RequestListener;
let url: string;
let registers: Registers;
let mirror: Mirror;

const json = (body: unknown, indent?: number) => text(JSON.stringify(body, null, indent));
/** In small pieces, so that tokens, characters and elements are torn apart. */
const text = (body: string, piece = 1_000): void => {
  const bytes = Buffer.from(body);
  answer = (_, response) => {
    for (let at = 0; at < bytes.length; at += piece) response.write(bytes.subarray(at, at + piece));
    response.end();
  };
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/snapshot`;
  registers = await openRegisters();
  const configuration = { onecComponent: { mirror: { refresh: 'PT1H' }, reofferOnChange: true } } as Configuration;
  const university = new SnapshotUniversity(url, 'Europe/Moscow');
  const troubles = new TroubleBook(registers.dataSource);
  mirror = new Mirror(registers.dataSource, registers.clock, university, configuration, new HealthSigns(), troubles);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await registers.close();
});
beforeEach(async () => {
  asked = [];
  await registers.empty();
});

const tables = {
  students: 'code, individual',
  student_statuses: `student, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, line, status, study_group, semester, curriculum`,
  individual_full_names: `individual, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, lastname, firstname, middlename`,
  study_groups: '*',
  curricula: '*',
  curriculum_lines: '*',
  disciplines: '*',
  departments: '*',
};
type Content = Record<keyof typeof tables, Record<string, unknown>[]>;

const ordered = (rows: object[]): object[] =>
  rows
    .map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

async function content(): Promise<Content> {
  const all: [string, object[]][] = [];
  for (const [table, columns] of Object.entries(tables))
    all.push([table, ordered(await registers.dataSource.query(`select ${columns} from onec_component.${table}`))]);
  return Object.fromEntries(all) as Content;
}

/** What the mirror has to hold, by whole arrays and maps. */
function expected(snapshot: Omit<Snapshot, 'toolkit'>): Content {
  const last = (rows: object[], key: string[]) =>
    ordered([...new Map(rows.map((row) => [JSON.stringify(key.map((name) => row[name as never])), row])).values()]);
  const lines = new Map<string, number>();
  return {
    students: last(snapshot.students, ['code']),
    student_statuses: ordered(
      snapshot.statuses.map(({ group, ...row }) => {
        const at = `${row.period} ${row.student}`;
        lines.set(at, (lines.get(at) ?? 0) + 1);
        return { ...row, study_group: group, line: lines.get(at) };
      }),
    ),
    individual_full_names: last(snapshot.names, ['individual', 'period']),
    study_groups: last(snapshot.groups, ['code']),
    curricula: last(
      snapshot.curricula.map(({ lines: _, graduatingDepartment, ...row }) => ({
        ...row,
        graduating_department: graduatingDepartment,
      })),
      ['code'],
    ),
    curriculum_lines: last(
      snapshot.curricula.flatMap(({ code, lines }) =>
        lines.map(({ disciplineKind, ...line }) => ({ ...line, curriculum: code, discipline_kind: disciplineKind })),
      ),
      ['curriculum', 'discipline_kind', 'discipline', 'semester', 'department'],
    ),
    disciplines: last(snapshot.disciplines, ['kind', 'code']),
    departments: last(snapshot.departments, ['code']),
  } as Content;
}

const code = fc.constantFrom('а', 'б', 'в"\\');
const word = fc
  .oneof(fc.constantFrom('', 'Щ', 'а\nб', '{"[', '😀'), fc.string({ maxLength: 12 }))
  // Padding is no part of a text.
  .map((made) => made.trim());
const maybe = fc.option(word, { nil: null });
const period = fc.constantFrom('2023-09-01T00:00:00', '2024-09-01T12:30:59');
const int = fc.option(fc.integer({ min: -5, max: 3000 }), { nil: null });
const kind = fc.constantFrom('Discipline' as const, 'Cycle' as const, 'Practice' as const);
const fit = { year: int, field: maybe, profile: maybe, mode: maybe, site: maybe };
const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.array(fc.record(shape), { maxLength: 12 });
const semester = fc.nat({ max: 2 });
const snapshots = fc.record({
  students: some({ code, individual: code }),
  statuses: some({ student: code, period, status: word, group: maybe, semester: int, curriculum: maybe }),
  names: some({ individual: code, period, lastname: word, firstname: word, middlename: word }),
  groups: some({ code, name: word, ...fit, faculty: maybe }),
  curricula: some({
    ...{ code, name: word, ...fit, template: fc.boolean(), status: word, graduatingDepartment: maybe, level: maybe },
    lines: some({ disciplineKind: kind, discipline: code, semester, department: code }),
  }),
  disciplines: some({ kind, code, name: word }),
  departments: some({ code, name: word }),
});

it('a redirect of the snapshot is refused, not followed', async () => {
  answer = (_, response) => response.writeHead(302, { location: '/elsewhere' }).end();
  await expect(new SnapshotUniversity(url, 'Europe/Moscow').read(async () => undefined)).rejects.toThrow(
    UniversityError,
  );
  expect(asked).toEqual(['/snapshot']);
});

it('the mirror holds what the snapshot says, whatever stood in it, in any order of keys', async () => {
  let earlier = '';
  await fc.assert(
    fc.asyncProperty(
      snapshots,
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 2_000 }),
      fc.constantFrom(0, 2),
      async (snapshot, order, piece, indent) => {
        const parts: [string, unknown][] = [...Object.entries(snapshot), ['unknown', [{ students: [[]] }, 1, 'x']]];
        const shuffled = parts.map((part) => ({ part, at: order.next().value as number })).sort((a, b) => a.at - b.at);
        const body = JSON.stringify(Object.fromEntries(shuffled.map(({ part }) => part)), null, indent);
        text(body, piece);
        asked = [];
        await mirror.refresh();
        expect(await content()).toEqual(expected(snapshot));
        // Once where nothing is known yet, once for hashing and once for reading where something else is.
        expect(asked).toHaveLength(earlier === '' ? 1 : earlier === body ? 1 : 2);
        earlier = body;
        const [state] = await registers.dataSource.query('select fingerprint from onec_component.mirror_state');
        expect(state.fingerprint).toBe(createHash('sha256').update(body).digest('base64'));
      },
    ),
    { numRuns: 60 },
  );
});

it('of rows of one key the last counts, over the borders of what is sent at a time', async () => {
  const students = Array.from({ length: 9_000 }, (_, index) => ({
    code: String(index % 4_000),
    individual: `${index}`,
  }));
  const statuses = Array.from({ length: 5_000 }, (_, index) => ({
    ...{ student: '1', period: '2024-09-01T00:00:00', status: `${index}` },
    ...{ group: null, semester: null, curriculum: null },
  }));
  const snapshot = { ...emptyUniversity(), students, statuses };
  json(snapshot);
  await mirror.refresh();
  expect(await content()).toEqual(expected(snapshot));
});

it('a snapshot that has not changed is fetched once and not read', async () => {
  json(emptyUniversity());
  await mirror.refresh();
  asked = [];
  await registers.dataSource.query(`insert into onec_component.departments values ('1', 'by hand')`);
  await mirror.refresh();
  expect(asked).toHaveLength(1);
  expect((await content()).departments).toHaveLength(1);
});

const whole = {
  ...emptyUniversity(),
  students: Array.from({ length: 5_000 }, (_, index) => ({ code: `${index}`, individual: 'Щукин' })),
};
const { names: _, ...nameless } = whole;
it.each<[string, () => void, RegExp]>([
  ['torn in the middle', () => text(JSON.stringify(whole).slice(0, -30_000)), /the snapshot is no JSON/],
  ['torn before its last bracket', () => text(JSON.stringify(whole).slice(0, -1)), /the snapshot is no JSON/],
  ['empty', () => text(''), /the snapshot is no JSON/],
  ['wrong after its end', () => text(`${JSON.stringify(whole)}}`), /the snapshot is no JSON/],
  ['of broken syntax', () => text(JSON.stringify(whole).replace('"4000"', '"4000')), /the snapshot is no JSON/],
  ['a list', () => json([whole]), /the whole: a record is needed, a list stands there/],
  ['without a section', () => json(nameless), /lacks its form: names: a list is needed, nothing stands there/],
  [
    'with a section of another type',
    () => json({ ...whole, names: {} }),
    /names: a list is needed, a record stands there/,
  ],
  [
    'with a section twice',
    () => text(`{"names":[],"names":[],${JSON.stringify(nameless).slice(1)}`),
    /names comes twice/,
  ],
  ['a fault', () => (answer = (__, response) => response.writeHead(503).end('{}')), /HTTP 503/],
  [
    'cut off by the server',
    () =>
      (answer = (__, response) => {
        response.write(JSON.stringify(whole).slice(0, 100_000), () => response.destroy());
      }),
    /snapshot: \w+$/,
  ],
])('a snapshot that is %s leaves the mirror as it was', async (what, broken, message) => {
  const good = { ...emptyUniversity(), departments: [{ code: '1', name: 'Кафедра' }] };
  json(good);
  await mirror.refresh();
  broken();
  const refused = await mirror.refresh().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(UniversityError);
  expect((refused as Error).message).toMatch(message);
  expect((refused as Error).message).not.toContain('Щукин');
  expect(await content()).toEqual(expected(good));
  json(good);
  await mirror.refresh();
  expect(what && (await content())).toEqual(expected(good));
});
