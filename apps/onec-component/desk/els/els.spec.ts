import 'reflect-metadata';
import { openDesk, type Desk } from '../../testing/desk.js';
import { handmadeUniversity, line } from '../../testing/handmade-university.js';
import { openRegisters, type Registers } from '../../testing/registers.js';

let registers: Registers;
let desk: Desk;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
  desk = await openDesk(registers, [
    { id: 'lms', els: 'LMS' },
    { id: 'other', els: 'Другая' },
  ]);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await registers.close();
});
beforeEach(async () => {
  await university.begin();
  university.document('2025-09-01T00:00:00', line('д1', 5));
  await university.fill();
});
const administrator = () => desk.as('ELSAdministrator');

test('lists what refers to each, and names that only one side knows', async () => {
  expect((await desk.as('viewer').get('/api/desk/els')).body).toEqual({
    els: [
      { code: '1', name: 'LMS', address: '', ids: ['lms'], bindings: 1, documents: 1, synchronizations: 0 },
      { code: '2', name: 'СДО', address: '', ids: [], bindings: 0, documents: 0, synchronizations: 0 },
    ],
    unknown: [{ id: 'other', name: 'Другая' }],
  });
});

test('a new one gets the next code, and no name twice', async () => {
  const made = { name: 'Другая', address: 'https://other.example.org' };
  expect(await administrator().send('POST', '/api/desk/els', made)).toMatchObject({
    status: 201,
    body: { code: '3', ...made },
  });
  expect((await administrator().send('POST', '/api/desk/els', made)).status).toBe(422);
  const twice = await Promise.all(
    [1, 2].map(() => administrator().send('POST', '/api/desk/els', { name: 'Ещё', address: '' })),
  );
  expect(twice.map(({ status }) => status).sort()).toEqual([201, 422]);
});

test('another name asks first and says which key has to follow; another address does not', async () => {
  const put = (body: object) => administrator().send('PUT', '/api/desk/els/1', body);
  expect(await put({ name: 'LMS', address: 'https://lms.example.org' })).toMatchObject({ status: 200 });
  expect(await put({ name: 'LMS-2', address: '' })).toMatchObject({
    status: 409,
    body: { type: 'urn:itk:problem:ask', details: { from: 'LMS', to: 'LMS-2', keys: ['systems[id: lms].els'] } },
  });
  expect(await put({ name: 'LMS-2', address: '', accept: 'LMS-3' })).toMatchObject({ status: 409 });
  expect(await put({ name: 'СДО', address: '', accept: 'СДО' })).toMatchObject({ status: 422 });
  expect(await put({ name: 'LMS-2', address: '', accept: 'LMS-2' })).toMatchObject({ status: 200 });
  expect(JSON.parse(await registers.synchronizer.getStudents('LMS-2', 1))).toEqual([]);
  await expect(registers.synchronizer.getStudents('LMS', 1)).rejects.toThrow('LMS');
});

test('is not deleted while something refers to it', async () => {
  const remove = (code: string) => administrator().send('DELETE', `/api/desk/els/${code}`);
  expect(await remove('1')).toMatchObject({ status: 409, body: { details: { bindings: 1, documents: 1 } } });
  expect((await remove('2')).status).toBe(204);
  expect((await remove('2')).status).toBe(404);
});

test('a deleted one does not come back with what 1C lists, and its code goes to no other', async () => {
  expect((await administrator().send('DELETE', '/api/desk/els/2')).status).toBe(204);
  await university.fill();
  const { toolkit } = registers.university.snapshot as { toolkit: { systems: { code: string }[] } };
  expect(toolkit.systems.map(({ code }) => code)).toEqual(['1', '2']);
  const made = await administrator().send('POST', '/api/desk/els', { name: 'СДО', address: '' });
  expect(made.body).toMatchObject({ code: '3', name: 'СДО' });
  // another one that 1C lists anew does come
  toolkit.systems.push({ code: '7', name: 'Новая', address: '' } as { code: string });
  await registers.mirror.refresh();
  const { body } = await desk.as('viewer').get('/api/desk/els');
  expect((body as { els: { code: string }[] }).els.map(({ code }) => code)).toEqual(['1', '3', '7']);
});
