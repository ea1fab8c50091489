import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Finding } from '#contracts';
import { addressOf, createDataSource, migrate, serveErrands } from '#persistence';
import { loadConfiguration } from '#platform';
import { CliSetup } from '../../apps/console/testing/cli-setup.js';
import {
  account,
  namespace,
  runComponent,
  type RunningComponent,
} from '../../apps/onec-component/testing/running-component.js';
import { knownAccounts } from '../../apps/user-provisioner/moodle/known-accounts.js';
import { schema as accountsSchema } from '../../apps/user-provisioner/ledger/schema.js';
import { student } from '../../apps/user-provisioner/testing/students.js';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';

/** `itk doctor` before a Moodle and a 1C that work, each trouble switched on before it. */
const setup = new CliSetup();
const { system, itk } = setup;
let onec: SandboxOneC;
let component: RunningComponent;
let moodle: SandboxMoodle;
let provisioner: DataSource;

beforeAll(async () => {
  onec = await createSandboxOneC({ students: 40, seed: 8, systems: ['LMS'], faulty: 0.2 });
  component = await runComponent(`${onec.url}/snapshot`);
  onec.component = component.url;
  moodle = await createSandboxMoodle({ courses: 3 });
  await setup.open({
    synchronizer: { url: onec.webService, ...account, namespace },
    moodle: { url: moodle.url, token: moodle.token, roles: { student: 5 } },
  });
  provisioner = createDataSource({ url: addressOf(setup.console.dataSource), ...accountsSchema });
  await provisioner.initialize();
  await migrate(provisioner);
}, 60_000);
afterAll(async () => {
  await provisioner?.destroy();
  await moodle?.close();
  await component?.close();
  await onec?.close();
  await setup.close();
});
beforeEach(() => {
  onec.reset();
  moodle.mend();
});

/** What the doctor finds of 1C or of Moodle, and is not well. */
async function found(side: '1C' | 'Moodle', ...given: string[]): Promise<{ bad: string[]; findings: Finding[] }> {
  const { out } = await itk('doctor', system, ...given, '--json');
  const { findings } = (JSON.parse(out) as { part: string; findings: Finding[] }[]).find(
    ({ part }) => part === `${system}: ${side}`,
  )!;
  const bad = findings
    .filter(({ severity }) => severity !== 'ok')
    .map(({ check, severity }) => `${severity}: ${check}`);
  return { bad, findings };
}
const offered = () => [...onec.expected('LMS')].find(([, one]) => one.kind === 'student')![0];
const faulty = () => [...onec.expected('LMS')].flatMap(([code, one]) => (one.kind === 'fault' ? [code] : []));
const rows = async () => (await component.dataSource.query('select 1 from onec_component.synchronization')).length;

/** Plays user-provisioner, without which the doctor waits for its answer in vain. */
function provisioning(answer: () => Promise<unknown>): { end(): Promise<void> } {
  const stop = new AbortController();
  const serving = serveErrands(setup.console.dataSource, 'user-provisioner', { 'known-accounts': answer }, stop.signal);
  return { end: () => (stop.abort(), serving) };
}

describe('1C', () => {
  let service: ReturnType<typeof provisioning>;
  beforeAll(() => void (service = provisioning(() => Promise.resolve({ expected: [] }))));
  afterAll(() => service.end());

  test('what works is well, what was not asked for is said, and nothing is changed', async () => {
    const { bad, findings } = await found('1C');
    expect(bad).toEqual(['advice: page', 'advice: flag']);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['reachable', 'operations', 'els', 'clock', 'pace', 'session', 'way']),
    );
    expect(await rows()).toBe(0);
    const { out, code } = await itk('doctor', system);
    expect(out).toMatch(/itk doctor SYSTEM --page/);
    expect(out).toMatch(/itk doctor SYSTEM --student CODE/);
    expect(code).toBe(0);
  });

  test('a page and the flag test: faulty students are named, clock and zone proved', async () => {
    const { bad, findings } = await found('1C', '--page', '--student', offered());
    expect(bad).toEqual(['advice: faulty students']);
    const named = findings.find(({ check }) => check === 'faulty students')!.what.en;
    for (const code of faulty()) expect(named).toContain(code);
    expect(findings.find(({ check }) => check === 'flag')?.what.en).toMatch(/clock and zone are right/);

    onec.switches.conversion = 'utcWall';
    expect((await found('1C', '--student', offered())).bad).toEqual([
      'error: flag',
      'advice: faulty students',
      'advice: page',
    ]);
  });

  test('a page whose form is broken and a session that was not granted at once are told', async () => {
    onec.switches.result = 'broken-json';
    expect((await found('1C', '--page')).bad).toEqual(expect.arrayContaining(['error: elements', 'error: page form']));
    onec.reset();
    Object.assign(onec.switches, { status: 406, failingCalls: 1 });
    expect((await found('1C')).bad).toContain('warning: session');
  });

  test('a flag test is for one system', async () => {
    const config = setup.environment.ITK_CONFIG!;
    const { systems } = JSON.parse(readFileSync(config, 'utf8')) as { systems: object[] };
    setup.environment.ITK_CONFIG = join(setup.folder, 'two.yaml');
    writeFileSync(
      setup.environment.ITK_CONFIG,
      JSON.stringify({ systems: [...systems, { ...systems[0], id: 'another', els: 'Another' }] }),
    );
    expect(await itk('doctor', '--student', '1')).toMatchObject({ code: 2, err: expect.stringMatching(/--student/) });
    setup.environment.ITK_CONFIG = config;
  });
});

describe('Moodle', () => {
  const accountOf = (key: string, moodleUserId: number | null) =>
    provisioner.query(
      `insert into user_provisioner.accounts (system, person_key, moodle_user_id, username, email, noted)
       values ($1, $2, $3, $2, $2 || '@students.invalid', false)`,
      [system, key, moodleUserId],
    );
  const studyOf = (key: string) =>
    provisioner.query(
      'insert into user_provisioner.studies (system, code, person_key, seen, content) values ($1, $2, $2, 1, $3)',
      [system, key, JSON.stringify(student(key, 1))],
    );

  test('with user-provisioner its accounts are asked for: look-ups are proved, who is in the way is named', async () => {
    const person = { firstname: 'A', lastname: 'B' };
    const known = moodle.state.users.insert({
      ...person,
      ...{ username: '000001', email: '000001@students.invalid', idnumber: '000001' },
    });
    moodle.state.users.insert({ ...person, username: '000002', email: 'x@x.ru', idnumber: 'other' });
    await accountOf('000001', known.id);
    for (const key of ['000001', '000002', '000003']) await studyOf(key);
    await accountOf('000003', null);
    const [configured] = loadConfiguration(setup.environment.ITK_CONFIG!, setup.environment).systems;
    const service = provisioning(() => knownAccounts(configured!, provisioner));
    expect((await found('Moodle')).bad).toEqual([
      'advice: welcome message',
      'advice: enrolment',
      'error: account 000002',
    ]);
    moodle.switches.capabilitiesMissing = ['moodle/site:viewuseridentity'];
    expect((await found('Moodle')).bad).toContain('error: look-up by email');
    await service.end();
  });

  test('without it the doctor says what it could not examine', async () => {
    const { bad, findings } = await found('Moodle');
    expect(bad).toEqual(['advice: welcome message', 'advice: look-ups', 'advice: enrolment']);
    expect(findings.find(({ check }) => check === 'look-ups')?.mend?.en).toMatch(/user-provisioner/);
  });
});
