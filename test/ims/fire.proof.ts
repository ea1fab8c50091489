import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { faultyIn, whatShouldStand, whatStands } from '../harness/compare.js';
import { runUniversity, serviceNames, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';

const people = 30;
const folder = join(tmpdir(), `itk-ims-fire-${process.pid}-${Date.now()}`);
let university: RunningUniversity;
let gateway: ServiceProcess;

beforeAll(async () => {
  mkdirSync(folder);
  university = await runUniversity({
    ...{ students: 40, seed: 11, faulty: 0, courses: 8 },
    system: {
      enrolment: { newCourseCategory: 1 },
      ims: { folder, zone: 'Europe/Moscow', quietFor: 'PT0.1S' },
    },
  });
  gateway = university.replica('ims-gateway');
  await Promise.all([university.start(), gateway.start()]);
}, 120_000);
afterAll(() => university?.stop(), 60_000);

const person = (code: string): string =>
  `<person><sourcedid><id>${code}</id></sourcedid><name><n><family>F${code}</family><given>G</given></n></name></person>`;
const member = (code: string): string =>
  `<member><sourcedid><id>${code}</id></sourcedid><role roletype="01"><status>1</status></role></member>`;
const file = (codes: readonly string[]): string =>
  [
    '<enterprise><group><sourcedid><id>IMS1</id></sourcedid><description><short>One</short></description></group>',
    ...codes.map(person),
    `<membership><sourcedid><id>IMS1</id></sourcedid>${codes.map(member).join('')}</membership></enterprise>`,
  ].join('\n');

it('1C and files side by side while every process dies: each has its own, and a shared code is 1C’s, which came first', async () => {
  const { onec, systems, database } = university;
  const [{ els, moodle }] = systems as [(typeof systems)[number]];
  const should = whatShouldStand(onec.expected(els));
  expect(faultyIn(onec.expected(els))).toEqual([]);
  const shared = [...should.keys()][0]!;
  await until('1C has brought the shared one', () => whatStands(moodle).has(shared), 60_000);
  const codes = Array.from({ length: people }, (_, index) => `ims-${index}`);
  writeFileSync(join(folder, 'all.part'), file([...codes, shared]));
  renameSync(join(folder, 'all.part'), join(folder, 'all.xml'));
  for (const service of [gateway, ...serviceNames.map((name) => university.services[name])]) {
    await service.kill();
    await service.start();
  }
  const ends = async (): Promise<Record<string, number>> => {
    const { rows } = await database.query<{ state: string; number: number }>(
      'select state, count(*)::int as number from ims_gateway.changes group by state order by state',
    );
    return Object.fromEntries(rows.map(({ state, number }) => [state, number]));
  };
  await until(
    'all of the file have ended',
    async () => {
      const { done = 0, failed = 0 } = await ends();
      return done + failed === people + 1;
    },
    120_000,
  );
  expect(await ends()).toEqual({ done: people, failed: 1 });
  const { rows } = await database.query<object>(`select code, cause from ims_gateway.changes where state = 'failed'`);
  expect(rows).toEqual([{ code: shared, cause: 'origin-taken' }]);

  const made = [...moodle.state.courses.all()].filter(({ idnumber }) => idnumber === 'IMS1');
  expect(made).toHaveLength(1);
  const wanted = new Map([
    ...should,
    ...codes.map(
      (code) => [code, { username: code, lastname: `F${code}`, firstname: 'G', courses: [made[0]!.id] }] as const,
    ),
  ]);
  const asText = (all: Map<string, unknown>) => JSON.stringify([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  await until('1C’s are there, too', () => whatStands(moodle).size >= wanted.size, 60_000);
  await until('Moodle holds what both say', () => asText(whatStands(moodle)) === asText(wanted), 60_000).catch(
    () => undefined,
  );
  expect(asText(whatStands(moodle))).toBe(asText(wanted));
  expect(moodle.state.users.duplicateIdnumbers()).toEqual([]);
}, 280_000);
