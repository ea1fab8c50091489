import type { DataSource } from 'typeorm';
import { makeEvent, type CloudEvent, type EventType, type Failure } from '#contracts';
import { dispatch, type Delivery, type Outcome } from '#messaging';
import { MoodleClient } from '#moodle';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase } from '#persistence/testing';
// A stand-in Moodle, for tests only.
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import type { Enroller } from '../enroller.js';
import { byCalls, enrollerOf, type EnrollerRules } from '../enrollers.js';
import { schema } from '../ledger/schema.js';
import { provisioned, type Provisioned } from './studies.js';

export type Rules = Partial<EnrollerRules['enrolment']> & {
  per?: 'student' | 'individual';
  roles?: Record<string, number>;
};

/** A real database and a sandbox Moodle with the enroller between, without a broker. */
export interface EnrollerSetup {
  readonly sandbox: SandboxMoodle;
  readonly dataSource: DataSource;
  /** Milliseconds. */
  clock: { now: number };
  enroller(rules?: Rules, through?: DataSource): Enroller;
  /** Handles a batch as the transport does: an outage is handed back, the rest bisected. */
  deliver(enroller: Enroller, events: CloudEvent[], attempt?: number): Promise<Outcome[]>;
  /** The same with an enroller made for it. */
  run(events: CloudEvent[], rules?: Rules, attempt?: number): Promise<Outcome[]>;
  /** What has been published since the last look. */
  takePublished(): CloudEvent[];
  /** Calls that Moodle has had, of one function or of all. */
  calls(name?: string): number;
  /** Makes an account in Moodle. */
  account(code: string): number;
  clean(): Promise<void>;
  close(): Promise<void>;
}

export const system = 'lms';

export const event = <T extends EventType>(type: T, data: CloudEvent<T>['data']): CloudEvent =>
  makeEvent(type, data, { service: 'test' }) as CloudEvent;
export const userProvisioned = (given: Provisioned): CloudEvent => event('itk.user.provisioned.v1', provisioned(given));
export const enrolmentDue = (code: string): CloudEvent => event('itk.enrolment.due.v1', { system, code });
export const bindingChanged = (courses: number[], sequence: number, semester = 1): CloudEvent =>
  event('itk.binding.changed.v1', { system, curriculum: 'C', semester, courses, sequence });

/** One for all tests of a spec file, empty before each. */
export function enrollerSetup(): EnrollerSetup {
  const setup = {} as EnrollerSetup;
  beforeAll(async () => void Object.assign(setup, await open()));
  beforeEach(() => setup.clean());
  afterAll(() => setup.close());
  return setup;
}

async function open(): Promise<EnrollerSetup> {
  const database = await createTestDatabase();
  const dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
  const sandbox = await createSandboxMoodle({ courses: 12 });
  const published: CloudEvent[] = [];
  const clock = { now: Date.UTC(2026, 8, 1, 6, 30, 0, 500) };
  const enroller: EnrollerSetup['enroller'] = (
    { per = 'student', roles = { student: 5 }, ...enrolment } = {},
    through = dataSource,
  ) =>
    enrollerOf(
      {
        id: system,
        period: 'P1M',
        accounts: { per } as EnrollerRules['accounts'],
        enrolment: { role: 'student', removal: 'keep', grouping: 'none', editRoles: [], ...enrolment },
      },
      through,
      byCalls(
        new MoodleClient({
          system,
          url: sandbox.url,
          token: () => sandbox.token,
          maxInputVars: sandbox.switches.maxInputVars,
          concurrency: 2,
          timeoutMs: 2_000,
          deadlockPauseMs: 1,
        }),
        roles,
        enrolment.newCourseCategory,
        () => clock.now,
      ),
      () => clock.now,
    );
  const deliver: EnrollerSetup['deliver'] = async (worker, events, attempt = 0) => {
    const deliveries = events.map((each): Delivery => ({
      event: each,
      attempt,
      queue: `course-enroller.${system}`,
      system,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }));
    const answers = await dispatch(
      deliveries,
      (part) => worker.handle(part),
      async (follow) => void published.push(...follow),
    );
    return deliveries.map((delivery) => answers.get(delivery)!);
  };
  return {
    sandbox,
    dataSource,
    clock,
    enroller,
    deliver,
    run: (events, rules, attempt) => deliver(enroller(rules), events, attempt),
    takePublished: () => published.splice(0),
    calls: (name) => (name ? sandbox.state.counters.of(name).calls : sandbox.state.counters.calls),
    account: (code) =>
      sandbox.state.users.insert({
        username: `u${code}`,
        firstname: 'F',
        lastname: 'L',
        email: `u${code}@students.invalid`,
        idnumber: code,
      }).id,
    clean: async () => {
      sandbox.reset();
      sandbox.switches.faults = [];
      published.length = 0;
      await dataSource.query(
        'truncate studies, bindings, accounts, groups, removals, removals_held, file_persons, file_memberships, file_states, operations.trouble',
      );
    },
    close: async () => {
      await sandbox.close();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** Who is enrolled where in the sandbox: `<user id>/<course id>` -> what stands. */
export function standing(sandbox: SandboxMoodle): Record<string, string> {
  const all: [string, string][] = [];
  for (const { userid, courseid, roles, timestart, timeend, suspended, plugin } of sandbox.state.enrolments.all())
    all.push([
      `${userid}/${courseid}`,
      [
        roles.join('+'),
        timestart || timeend ? `${timestart}-${timeend}` : '',
        suspended ? 'suspended' : '',
        plugin === 'manual' ? '' : plugin,
      ]
        .filter(Boolean)
        .join(' '),
    ]);
  return Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

export const kindsOf = (outcomes: readonly Outcome[]): Outcome['kind'][] => outcomes.map(({ kind }) => kind);

export const failureOf = (outcome: Outcome | undefined): Failure | undefined =>
  outcome && 'failure' in outcome ? outcome.failure : undefined;

export const typesOf = (events: readonly CloudEvent[]): string[] => events.map(({ type }) => type);
