import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mayBeDone, type StudentElement } from '#synchronizer';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { openPublication, studentsOf, type Publication } from './testing/publication.js';

/** After the others the page may have been listed, and its faulty students flagged. */
const surelyNotDone = ['Locked', 'Licence', 'Authentication', 'Access', 'Publication', 'Busy', 'MissingOperation'].map(
  (name) => `${name}Error`,
);

/** Every fault of a real publication, through our client, before our own component. */
let publication: Publication;
beforeAll(async () => void (publication = await openPublication()));
afterAll(() => publication.close());
afterEach(() => publication.mend());

describe('what goes wrong, and what it is called', () => {
  const outage = 'outage';
  test.each<[string, Partial<Switches>, string, string]>([
    ...(['json', 'xml', 'html'] as const).flatMap((form) =>
      [true, false].map((bom): [string, Partial<Switches>, string, string] => [
        `locked, ${form}${bom ? ' with a mark' : ''}`,
        { locked: { form, bom, status: 403 } },
        'LockedError',
        outage,
      ]),
    ),
    ['locked with 503', { locked: { form: 'html', bom: false, status: 503 } }, 'LockedError', outage],
    ['no licence', { licences: 0 }, 'LicenceError', outage],
    ['401', { status: 401 }, 'AuthenticationError', 'configuration'],
    ['402', { status: 402 }, 'LicenceError', outage],
    ['403 without a lock', { status: 403 }, 'AccessError', 'configuration'],
    ['404', { status: 404 }, 'PublicationError', 'configuration'],
    ['406', { status: 406 }, 'BusyError', outage],
    ['500 with a page', { status: 500 }, 'ServerError', outage],
    ['502', { status: 502 }, 'ServerError', outage],
    ['503', { status: 503 }, 'ServerError', outage],
    ['504', { status: 504 }, 'ServerError', outage],
    ['a log-in page with 200', { html: true }, 'ProtocolError', outage],
    ['a body cut short', { cut: 'body' }, 'ProtocolError', outage],
    ['a connection lost in the middle', { cut: 'connection' }, 'ProtocolError', outage],
    ['a connection lost at once', { reset: true }, 'UnreachableError', outage],
    ['no answer', { silent: true }, 'OnecTimeoutError', outage],
    ['an exception of the module', { fault: 'Деление на 0' }, 'FaultError', 'temporary'],
    ['an exception that means a licence', { fault: 'Не обнаружено свободной лицензии!' }, 'LicenceError', outage],
    [
      'an exception that means a lock',
      { fault: 'Начало сеанса с информационной базой запрещено.' },
      'LockedError',
      outage,
    ],
    ['a missing operation', { missingOperations: ['GetStudents'] }, 'MissingOperationError', 'configuration'],
    ['null', { result: 'null' }, 'ProtocolError', outage],
    ['an empty string', { result: '' }, 'ProtocolError', outage],
    ['nil', { result: 'nil' }, 'ProtocolError', outage],
    ['no return at all', { result: 'absent' }, 'ProtocolError', outage],
  ])('%s', async (_, switches, name, kind) => {
    publication.set(switches);
    const patience = name === 'OnecTimeoutError' ? 500 : 20_000; // milliseconds; a busy machine must not look silent
    const timeouts = { connect: patience, call: patience, cold: patience };
    const call = publication.client({ timeouts }).getStudents('LMS', 5);
    const error = (await call.catch((thrown: unknown) => thrown)) as {
      name: string;
      failure: { kind: string; reason: object };
    };
    expect([error.name, error.failure?.kind]).toEqual([name, kind]);
    expect([name, mayBeDone(error)]).toEqual([name, !surelyNotDone.includes(name)]);
    expect(error.failure.reason).toEqual({ ru: expect.any(String), en: expect.any(String) });
    for (const { lastname } of studentsOf(plainNames)) expect(JSON.stringify(error.failure)).not.toContain(lastname);
    publication.sandbox.reset();
    expect(studentsOf(await publication.page(5))).toHaveLength(5);
  });
  let plainNames: StudentElement[];
  beforeAll(async () => {
    plainNames = await publication.page();
  });

  test('JSON cut short in a whole envelope: the last record fails by name, the others are read', async () => {
    const whole = await publication.page(5);
    publication.set({ result: 'broken-json' });
    const read = await publication.page(5);
    expect(read.slice(0, 4)).toEqual(whole.slice(0, 4));
    expect(read[4]).toMatchObject({ kind: 'broken', code: studentsOf(whole)[4]!.code });
  });

  test('a fault for a while: then all is well', async () => {
    publication.set({ status: 502, failingCalls: 2, failing: ['GetStudents'] });
    await publication.client().probe();
    for (let time = 0; time < 2; time++)
      await expect(publication.page()).rejects.toMatchObject({ name: 'ServerError' });
    expect(await publication.page()).toHaveLength(10);
  });

  test('an unknown system', async () => {
    await expect(publication.client().getStudents('lms', 1)).rejects.toMatchObject({
      name: 'UnknownElsError',
      failure: { kind: 'configuration', cause: 'onec-unknown-els' },
    });
  });

  test('an empty array is nobody, and no error', async () => {
    publication.set({ result: '[]' });
    expect(await publication.page()).toEqual([]);
  });

  test('an optional operation that a foreign 1C lacks', async () => {
    publication.set({ missingOperations: ['BindingsSince', 'ErrorsSince', 'Reoffer', 'SetErrorCronflag'] });
    expect(await publication.client().operations()).toEqual(['GetStudents', 'SetCronflag']);
    for (const call of [
      publication.client().bindingsSince('LMS', 0, 1),
      publication.client().reoffer(['1'], 'LMS'),
      publication.client().setErrorCronflag('1', 'LMS'),
    ])
      await expect(call).rejects.toMatchObject({ name: 'MissingOperationError' });
  });
});
