import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { MoodleClient } from '../client.js';
import type { MoodleClientOptions } from '../transport/caller.js';
import type { ManualEnrolment, NewAccount } from '../types.js';

export interface Setup {
  sandbox: SandboxMoodle;
  client: MoodleClient;
  warnings: string[];
  /** Calls of a function since the last reset. */
  calls(name: string): number;
  allCalls(): number;
}

/** A stand-in Moodle with 20 courses (2 to 21) and a client of it. */
export async function openSetup(options: Partial<MoodleClientOptions> = {}): Promise<Setup> {
  const sandbox = await createSandboxMoodle({ courses: 20 });
  const warnings: string[] = [];
  const client = new MoodleClient({
    system: 'lms',
    url: sandbox.url,
    token: () => sandbox.token,
    maxInputVars: 1000,
    concurrency: 2,
    deadlockPauseMs: 0,
    log: { warn: (text, fields) => warnings.push(`${text} ${JSON.stringify(fields)}`) },
    ...options,
  });
  const functions = (): Record<string, { calls: number }> => sandbox.state.counters.functions;
  return {
    sandbox,
    client,
    warnings,
    calls: (name) => functions()[name]?.calls ?? 0,
    allCalls: () => Object.values(functions()).reduce((sum, { calls }) => sum + calls, 0),
  };
}

export const newAccount = (number: number, more: Partial<NewAccount> = {}): NewAccount => ({
  username: `s${String(number).padStart(6, '0')}`,
  firstname: 'Иван',
  lastname: 'Петров',
  middlename: 'Сергеевич',
  email: `s${String(number).padStart(6, '0')}@students.invalid`,
  idnumber: String(number).padStart(6, '0'),
  auth: 'manual',
  password: 'Aa1!aaaa',
  ...more,
});

export const newAccounts = (count: number): NewAccount[] =>
  Array.from({ length: count }, (_, index) => newAccount(index));

export const into = (courseId: number, more: Partial<ManualEnrolment> = {}): ManualEnrolment => ({
  courseId,
  roleId: 5,
  timestart: 1_700_000_000,
  timeend: 1_900_000_000,
  suspend: false,
  ...more,
});

/** All of these courses for each of these accounts. */
export const enrolling = (userIds: readonly number[], courses: readonly number[]) =>
  userIds.map((userId) => ({ userId, enrolments: courses.map((course) => into(course)) }));
