import { both } from '#contracts';
import { serveErrands, TroubleBook, PauseBook, type ErrandOf } from '#persistence';
import { eventually } from '#persistence/testing';
import { PassReader } from './pass/pass-reader.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';

const setup = new HttpSetup();
const stopping = new AbortController();
const asked: ErrandOf[] = [];
const counted = { students: 500, left: 120 };
let operator: Browser & { login: string };
beforeAll(async () => {
  await setup.open();
  operator = await setup.as('operator');
  const note =
    (answer: unknown) =>
    (errand: ErrandOf): Promise<unknown> => {
      asked.push(errand);
      return Promise.resolve(answer);
    };
  const serve = (service: string, handlers: Parameters<typeof serveErrands>[2]) =>
    void serveErrands(setup.dataSource, service, handlers, stopping.signal);
  serve('onec-poller', { 'ask-now': note({ state: 'asking' }), 'pages-looked-after': note(null) });
  serve('onec-component', {
    'count-students': (errand) => Promise.resolve((errand.payload as { els: string }).els === 'LMS' ? counted : null),
  });
  serve('error-flagger', {
    'release-flags': note({ flagged: 3, overtaken: 1, refused: [{ code: '7', reason: 'нет такого' }] }),
  });
  serve('course-enroller', {
    'list-removals': note({
      waiting: 1,
      held: [{ courseId: 4, codes: ['7'], since: 1_790_000_000_000, why: 'limit', released: false }],
    }),
    'release-removals': note({ number: 1, why: 'x' }),
    'discard-removals': () =>
      Promise.reject(Object.assign(new Error('x'), { failure: { reason: both('занято', 'busy') } })),
  });
}, 60_000);
afterAll(async () => {
  stopping.abort();
  await setup.close();
});
beforeEach(async () => {
  asked.length = 0;
  await setup.dataSource.query('truncate console.audit, operations.pause, operations.trouble, console.examinations');
});

const audit = () =>
  setup.dataSource.query('select action, system, reason, fields, outcome, number from console.audit order by id');

test('pauses with a reason, and resumes; other kinds of pauses stay', async () => {
  const outage = {
    system: 'lms',
    service: 'course-enroller',
    kind: 'outage' as const,
    reason: both('нет', 'away'),
    by: 'x',
  };
  await setup.app.get(PauseBook).put(outage);
  const paused = await operator.post('/api/systems/lms/pause', {
    services: ['course-enroller'],
    reason: 'обновление Moodle',
  });
  expect(paused.body).toMatchObject({
    services: ['course-enroller'],
    pauses: [{ kind: 'outage' }, { kind: 'person', by: operator.login, reason: { ru: 'обновление Moodle' } }],
  });
  const resumed = await operator.post('/api/systems/lms/resume');
  expect(resumed.body).toMatchObject({ services: ['course-enroller'], pauses: [{ kind: 'outage' }] });
  expect(await audit()).toMatchObject([
    {
      action: 'system.pause',
      system: 'lms',
      reason: 'обновление Moodle',
      fields: ['course-enroller'],
      outcome: 'done',
    },
    { action: 'system.resume', number: '1' },
  ]);
  expect((await operator.post('/api/systems/lms/pause', {})).status).toBe(400); // no reason
  expect((await operator.post('/api/systems/lms/pause', { services: ['mail'], reason: 'x' })).body.issues[0].path).toBe(
    'services.0',
  );
  expect((await operator.post('/api/systems/none/pause', { reason: 'x' })).status).toBe(404);
});

test('asks 1C now, through the service that can', async () => {
  expect((await operator.post('/api/systems/lms/ask-now')).body).toEqual({ state: 'asking' });
  expect(asked).toMatchObject([{ what: 'ask-now', system: 'lms', by: operator.login }]);
  expect((await operator.post('/api/systems/lms/lost-answers/cleared')).body).toEqual({ state: 'done' });
});

test('releases held flags', async () => {
  const released = await operator.post('/api/systems/lms/flags/release', { reason: 'проверено' });
  expect(released.body).toEqual({
    state: 'done',
    flagged: 3,
    overtaken: 1,
    refused: [{ code: '7', reason: 'нет такого' }],
  });
  expect(await audit()).toMatchObject([{ action: 'flags.release', reason: 'проверено', number: '3' }]);
});

test('held removals are listed and decided; what a service could not do is told with its reason', async () => {
  const first = (await operator.get('/api/systems/lms/removals')).body;
  if (first.readAt === null) expect(first).toMatchObject({ held: [], askedSince: expect.any(String) });
  await eventually(async () =>
    expect((await operator.get('/api/systems/lms/removals')).body).toMatchObject({
      waiting: 1,
      held: [{ courseId: 4, codes: ['7'] }],
      readAt: expect.any(String),
    }),
  );
  const decision = { courses: [4], reason: 'курс закрыт' };
  expect((await operator.post('/api/systems/lms/removals/release', decision)).body).toEqual({
    state: 'done',
    number: 1,
  });
  expect(asked.at(-1)).toMatchObject({ what: 'release-removals', payload: { courses: [4], why: 'курс закрыт' } });
  const failed = await operator.post('/api/systems/lms/removals/discard', decision);
  expect(failed).toMatchObject({ status: 502, body: { type: 'urn:itk:problem:failed', detail: 'занято' } });
  expect((await audit()).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'failed']);
});

test('how far a pass is: counted by our component, not known of a foreign 1C', async () => {
  expect((await operator.get('/api/systems/lms/pass')).body).toMatchObject({
    ...{ counts: false, students: null, left: null, minutesLeft: null, perMinute: 0, underWay: 0, window: 1000 },
    ...{ readAt: null, askedSince: null, trouble: null },
  });
  const systems = [
    { id: 'lms', els: 'LMS' },
    { id: 'lms2', els: 'no such' },
  ];
  const reader = new PassReader(setup.dataSource, { systems, onecComponent: {} } as never);
  await eventually(async () => expect(await reader.counted('lms')).toMatchObject({ value: counted, trouble: null }));
  await eventually(async () =>
    expect(await reader.counted('lms2')).toMatchObject({ trouble: { en: 'The ELS directory has no "no such"' } }),
  );
});

test('whom 1C is to offer again: exactly one way to say it', async () => {
  const ask = (body: object) => operator.post('/api/systems/lms/ask-again', body);
  expect((await ask({})).status).toBe(400);
  expect((await ask({ codes: ['1'], group: 'x' })).status).toBe(400);
  expect((await ask({ group: 'М0' })).status).toBe(404);
  expect((await ask({ codes: ['1'] })).body.systems).toMatchObject([
    { system: 'lms', failure: { ru: expect.any(String) } },
  ]);
});

test('one system, with what services have found', async () => {
  await new TroubleBook(setup.dataSource).found({ service: 'onec-poller', system: 'lms', check: 'page-no-json' }, [
    { about: '', what: both('плохо', 'bad'), mend: both('чинить', 'mend') },
  ]);
  const { body } = await operator.get('/api/systems/lms');
  expect(body).toMatchObject({
    status: { system: 'lms', els: 'LMS', pauses: [] },
    troubles: [{ check: 'page-no-json' }],
  });
  expect((await operator.get('/api/systems/none')).status).toBe(404);
});

test('the doctor looks when asked, once at a time, and what it found stays', async () => {
  expect((await operator.post('/api/systems/lms/examination')).body).toEqual({ begun: true });
  expect((await operator.post('/api/systems/lms/examination')).body).toEqual({ begun: false });
  expect((await operator.post('/api/examination')).status).toBe(202);
  const ended = await eventually(async () => {
    const { examinations } = (await operator.get('/api/examinations')).body;
    expect(examinations.filter(({ endedAt }: { endedAt: string | null }) => endedAt)).toHaveLength(2);
    return examinations;
  }, 40_000);
  expect(ended.map(({ parts }: { parts: { part: string }[] }) => parts.map(({ part }) => part))).toEqual([
    ['ground'],
    ['moodle', 'onec'],
  ]);
  const moodle = ended[1].parts[0].findings;
  expect(moodle.some(({ severity, mend }: { severity: string; mend?: object }) => severity === 'error' && mend)).toBe(
    true,
  );
  const limited = await setup.as('viewer', ['lms2']);
  expect(
    (await limited.get('/api/examinations')).body.examinations.map(({ system }: { system: string }) => system),
  ).toEqual(['']);
}, 60_000);
