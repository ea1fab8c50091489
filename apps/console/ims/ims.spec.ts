import { serveErrands, type ErrandOf } from '#persistence';
import { eventually } from '#persistence/testing';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import type { ListedFile, ShownFile } from './files.js';

const counts = {
  ...{ groups: 1, persons: 2, memberships: 3, problems: 1, coursesNew: 1 },
  ...{ created: 1, changed: 1, removed: 0, again: 0, membershipsNew: 3, membershipsRemoved: 0 },
};
const file: ListedFile = {
  ...{ id: 17, name: 'export.xml', content: 'snapshot', state: 'held', filedAs: null, counts },
  ...{ claimedAt: '2026-11-27T09:00:00.000Z', finishedAt: null, damage: null, decision: null },
  outcomes: { done: 1, failed: 1 },
};
const whole: ShownFile = {
  ...file,
  problems: [{ line: 4, element: 'person', code: null, cause: 'no-id', reason: { ru: 'нет кода', en: 'no code' } }],
  changes: [{ code: '7', change: 'created', state: 'failed', cause: 'x', reason: { ru: 'занято', en: 'taken' } }],
};

const setup = new HttpSetup();
const stopping = new AbortController();
const asked: Pick<ErrandOf, 'system' | 'what' | 'payload' | 'by'>[] = [];
let operator: Browser & { login: string };
beforeAll(async () => {
  await setup.open();
  operator = await setup.as('operator');
  const note =
    (answer: unknown) =>
    ({ system, what, payload, by }: ErrandOf): Promise<unknown> => {
      asked.push({ system, what, payload, by });
      return Promise.resolve(answer);
    };
  void serveErrands(
    setup.dataSource,
    'ims-gateway',
    {
      'list-files': note({ files: [file] }),
      'show-file': ({ payload }) => Promise.resolve({ file: (payload as { file: number }).file === 17 ? whole : null }),
      'release-files': note({ number: 1 }),
      'discard-files': note({ number: 2 }),
    },
    stopping.signal,
  );
}, 60_000);
afterAll(async () => {
  stopping.abort();
  await setup.close();
});
beforeEach(() => void (asked.length = 0));

test('files of every system that files feed, as the gateway knows them', async () => {
  const body = await eventually(async () => {
    const answer = await operator.get('/api/files');
    expect(answer.body.systems).toMatchObject([{ system: 'lms', trouble: null, files: [{ id: 17 }] }]);
    return answer.body as { systems: { files: unknown[] }[] };
  });
  expect(body.systems[0]!.files).toEqual([file]);
  const elsewhere = await setup.as('operator', ['lms2']);
  expect((await elsewhere.get('/api/files')).body).toEqual({ systems: [] });
});

test('one file with its records; there is none of another number, and none of a system without files', async () => {
  expect(await operator.get('/api/systems/lms/files/17?state=failed')).toMatchObject({ status: 200, body: whole });
  expect((await operator.get('/api/systems/lms/files/18')).status).toBe(404);
  expect((await operator.get('/api/systems/lms/files/x')).status).toBe(400);
  expect((await operator.get('/api/systems/lms2/files/17')).status).toBe(404);
});

test('a person decides on what is held, and says why', async () => {
  const decide = (what: string, body: object) => operator.post(`/api/systems/lms/files/${what}`, body);
  expect(await decide('release', { files: [17], reason: 'checked' })).toMatchObject({
    body: { state: 'done', number: 1 },
  });
  expect(await decide('discard', { reason: 'broken' })).toMatchObject({ body: { state: 'done', number: 2 } });
  expect((await decide('discard', {})).status).toBe(400);
  const by = operator.login;
  expect(asked.filter(({ what }) => what !== 'list-files')).toEqual([
    { system: 'lms', what: 'release-files', by, payload: { files: [17], why: 'checked' } },
    { system: 'lms', what: 'discard-files', by, payload: { why: 'broken' } },
  ]);
  const audit = await setup.dataSource.query(
    `select action, system, reason, number, outcome from console.audit where action like 'ims.%' order by id`,
  );
  expect(audit).toEqual([
    { action: 'ims.release', system: 'lms', reason: 'checked', number: '1', outcome: 'done' },
    { action: 'ims.discard', system: 'lms', reason: 'broken', number: '2', outcome: 'done' },
  ]);
});
