import 'reflect-metadata';
import { openDesk, type Desk } from '../../testing/desk.js';
import { handmadeUniversity } from '../../testing/handmade-university.js';
import { openRegisters, type Registers } from '../../testing/registers.js';

let registers: Registers;
let desk: Desk;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});

const future = '2025-11-15T15:00:00';
beforeEach(async () => {
  await university.begin();
  university.student('1');
  university.student('2', [{ group: null }]);
  university.student('3', [{}], []);
  university.student('4', [{ semester: null }]);
  await university.fill();
  // 1C itself flags those with a fault; of the first Moodle refuses something.
  await university.page();
  await registers.synchronizer.setErrorCronflag('1', 'LMS');
  await registers.dataSource.query(
    `insert into onec_component.synchronization values ('1', '1', '2025-09-01', false), ('2', '1', '2026-01-01', false)`,
  );
});
const administrator = () => desk.as('ELSAdministrator');
const list = async (query = '') => {
  const { body } = await desk.as('viewer').get(`/api/desk/synchronization?${query}`);
  return (body.rows as { system: string; student: string; kind: string | null }[]).map(({ system, student, kind }) =>
    `${system} ${student} ${kind ?? ''}`.trim(),
  );
};

test('rows by system, error, kind, whether they hide, and text', async () => {
  expect((await list()).sort()).toEqual(
    ['1 1', '1 1 Moodle', '1 2 Status Error', '1 3 Individual Error', '1 4 Status Error', '2 1'].sort(),
  );
  expect(await list('system=2')).toEqual(['2 1']);
  expect(await list('error=true&kind=Moodle')).toEqual(['1 1 Moodle']);
  expect((await list('kind=Status%20Error')).sort()).toEqual(['1 2 Status Error', '1 4 Status Error']);
  expect(await list('live=false')).toEqual(['1 1']);
  expect(await list(`text=${encodeURIComponent('группа г1')}&kind=Status%20Error`)).toEqual(['1 4 Status Error']);
  const { body } = await desk.as('viewer').get('/api/desk/synchronization?kind=Individual%20Error');
  expect(body).toMatchObject({
    total: 1,
    rows: [{ student: '3', period: future, live: true, text: expect.stringContaining('Код студента: 3') }],
  });
});

test('all errors of a kind at once, after it was seen how many: they are offered again', async () => {
  const selection = { filter: { system: '1', error: true, kind: 'Status Error' } };
  const send = (path: string, body: object) => administrator().send('POST', `/api/desk/synchronization/${path}`, body);
  expect((await send('foresee', { selection })).body).toEqual({ rows: 2, live: 2, students: 2 });
  expect(await send('delete', { selection, expected: 1 })).toMatchObject({
    status: 409,
    body: { details: { rows: 2 } },
  });
  expect(await list('kind=Status%20Error')).toHaveLength(2);
  expect((await send('delete', { selection, expected: 2 })).status).toBe(200);
  expect(await list('kind=Status%20Error')).toEqual([]);
  expect(JSON.parse(await registers.synchronizer.errorsSince('LMS', 0, 10))).toHaveLength(1);
  expect((await university.page()).map(({ error }) => error?.slice(0, 12))).toEqual(['Status Error', 'Status Error']);
});

test('one row is deleted, or gets another period; of equal keys there is one', async () => {
  const row = { system: '1', student: '1', period: future };
  const put = (to: object) => administrator().send('PUT', '/api/desk/synchronization', { ...row, to });
  expect((await put({ period: '2025-09-01T00:00:00', error: false })).status).toBe(409);
  expect((await put({ period: '2025-10-01T00:00:00', error: true })).status).toBe(204);
  expect((await put({ period: '2025-10-02T00:00:00', error: true })).status).toBe(404);
  expect(await university.codes()).toEqual(['1']);
  const selection = { rows: [{ ...row, period: '2025-10-01T00:00:00' }] };
  const deleted = await administrator().send('POST', '/api/desk/synchronization/delete', { selection, expected: 1 });
  expect(deleted.body).toEqual({ rows: 1, live: 0, students: 1 });
});
