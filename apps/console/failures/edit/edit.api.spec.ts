import { eventTypes } from '#contracts';
import { EditRow } from '../../ledger/entities/edits.js';
import { FailureRow } from '../../ledger/entities/failures.js';
import { event, studentChanged, synchronized } from '../../testing/console-setup.js';
import { HttpSetup, type Browser } from '../../testing/http-setup.js';
import { failure, journal, sow } from '../../testing/seeds.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
let boss: Browser & { login: string };
beforeAll(async () => {
  boss = await setup.as('administrator');
}, 30_000);
beforeEach(() =>
  setup.dataSource.query(
    'truncate console.failures, console.replays, console.replay_items, console.edits, console.known, console.journal, console.audit',
  ),
);

const formOf = (browser: Browser, id: string) => browser.get(`/api/failures/edit?id=${encodeURIComponent(id)}`);
const rename = [{ path: 'person.lastname', value: 'Соснина' }];
const order = (browser: Browser, id: string, edits: unknown = rename) =>
  browser.post('/api/failures/edit', { id, edits, reason: 'опечатка в 1С' });
const rowOf = (id: string) => setup.dataSource.getRepository(FailureRow).findOneByOrFail({ id });
const audit = () => setup.dataSource.query('select * from console.audit order by id');

test('a form, a trial without a trace, and an order: a replay of a new event under the next revision', async () => {
  const [one] = await sow(setup.dataSource, failure());
  const { body: form } = await formOf(boss, one!.id);
  expect(form.why).toBeNull();
  expect(form.fields).toContainEqual({ path: 'person.lastname', type: 'text', value: 'Ёлкина', optional: false });
  expect(form.fields).toContainEqual(expect.objectContaining({ path: 'courses.0.role', choices: ['student'] }));

  const tried = await boss.post('/api/failures/edit/try', {
    id: one!.id,
    edits: [...rename, { path: 'courses.0.id', value: -1 }],
  });
  expect(tried).toMatchObject({
    status: 200,
    body: {
      why: null,
      changes: [
        { path: 'person.lastname', before: 'Ёлкина', after: 'Соснина' },
        { path: 'courses.0.id', before: 17, after: -1 },
      ],
      issues: [{ path: 'courses.0.id', message: { ru: expect.any(String), en: expect.any(String) } }],
    },
  });
  expect((await rowOf(one!.id)).state).toBe('open');

  const sent = await order(boss, one!.id);
  expect(sent).toMatchObject({ status: 201, body: { revision: 51, fields: ['person.lastname'], onDuty: false } });
  expect(sent.body.replay).toMatchObject({ by: boss.login, state: 'running', items: { waiting: 1 } });
  expect(await rowOf(one!.id)).toMatchObject({ state: 'replaying', replay: sent.body.replay.id });
  const [edit] = await setup.dataSource.getRepository(EditRow).find();
  expect(JSON.parse(edit!.body.toString())).toMatchObject({
    ...{ id: sent.body.event, type: eventTypes.StudentChanged, source: '/itk/console/edit', subject: '000010203' },
    data: { revision: 51, person: { code: '000010203', lastname: 'Соснина' } },
  });
  const { body: shown } = await boss.get(`/api/failures/one?id=${encodeURIComponent(one!.id)}`);
  expect(shown.edits).toMatchObject([
    { event: sent.body.event, by: boss.login, fields: ['person.lastname'], outcome: 'waiting', failures: [] },
  ]);
});

test('the audit says who, why and which fields, and holds nothing of what stands in them', async () => {
  const [one] = await sow(setup.dataSource, failure());
  await order(boss, one!.id);
  const entries = await audit();
  expect(entries).toMatchObject([
    {
      ...{ by: boss.login, action: 'failures.edit', about: one!.id, system: 'lms', reason: 'опечатка в 1С' },
      ...{ fields: ['person.lastname'], outcome: 'done', number: '1' },
    },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/Соснина|Ёлкина/);
  // A name of a field is no place for a name of a person.
  expect((await order(boss, one!.id, [{ path: 'Соснина', value: 'x' }])).status).toBe(400);
});

test('a message that breaks its schema as edited is not sent, nor one in which nothing is changed', async () => {
  const [one] = await sow(setup.dataSource, failure());
  expect(await order(boss, one!.id, [{ path: 'courses.0.id', value: 0 }])).toMatchObject({
    status: 400,
    body: { issues: [{ path: 'courses.0.id' }] },
  });
  expect((await order(boss, one!.id, [{ path: 'person.lastname', value: 'Ёлкина' }])).status).toBe(409);
  expect((await rowOf(one!.id)).state).toBe('open');
  expect(await audit()).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }]);
});

test('of two who edit the same the second is told so; of two messages of one student likewise', async () => {
  const [one, other] = await sow(setup.dataSource, failure(), failure());
  const second = await setup.as('administrator');
  const answers = await Promise.all([order(boss, one!.id), order(second, one!.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)!.body.detail).toMatch(/исправил (administrator-\w+)|edited by/);
  expect(await order(boss, other!.id)).toMatchObject({ status: 409 });
  // Stopped before it was sent: the other may be edited, under a revision that no event can have had.
  const { replay } = await rowOf(one!.id);
  await boss.post(`/api/replays/${replay}/stop`, { reason: 'x' });
  expect(await order(boss, other!.id)).toMatchObject({ status: 201, body: { revision: 52 } });
});

test('what 1C has offered since is not outdone', async () => {
  const [one] = await sow(setup.dataSource, failure());
  await journal(setup.dataSource, 'lms', event(eventTypes.StudentChanged, studentChanged('lms', '000010203', 60)));
  const { body } = await formOf(boss, one!.id);
  expect(body).toMatchObject({ fields: [], why: { en: expect.stringContaining('revision 60') } });
  expect(await order(boss, one!.id)).toMatchObject({ status: 409 });
});

test('what is not open, or has no message, says why', async () => {
  const [archived, without] = await sow(
    setup.dataSource,
    failure({ state: 'archived' }),
    failure({ body: null, queue: null, code: '2' }),
  );
  expect((await formOf(boss, archived!.id)).body.why.en).toMatch(/not open/);
  expect((await formOf(boss, without!.id)).body.why.en).toMatch(/no message/);
  expect((await formOf(boss, 'nothing')).status).toBe(404);
});

test('an administrator of other systems does not get there', async () => {
  const [one] = await sow(setup.dataSource, failure());
  const limited = await setup.as('administrator', ['lms2']);
  expect((await formOf(limited, one!.id)).status).toBe(404);
  expect((await order(limited, one!.id)).status).toBe(404);
});

test('the failure that comes of an edit and the one that it came from name each other', async () => {
  const [one] = await sow(setup.dataSource, failure());
  await order(boss, one!.id);
  const [again] = await sow(setup.dataSource, failure({ revision: 51 }));
  const show = async (id: string) => (await boss.get(`/api/failures/one?id=${encodeURIComponent(id)}`)).body;
  expect((await show(one!.id)).edits).toMatchObject([{ failures: [again!.id] }]);
  expect((await show(again!.id)).editedFrom).toMatchObject({ failure: one!.id, by: boss.login });
  await journal(setup.dataSource, 'lms', synchronized('lms', '000010203', 51));
  expect((await show(one!.id)).edits).toMatchObject([{ outcome: 'synchronized' }]);
  await journal(setup.dataSource, 'lms', event(eventTypes.StudentChanged, studentChanged('lms', '000010203', 99)));
  await journal(setup.dataSource, 'lms', synchronized('lms', '000010203', 99));
  expect((await show(one!.id)).edits).toMatchObject([{ outcome: 'overtaken' }]);
});
