import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theGuidesExample } from '#ims-enterprise/testing';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';
import { saidBy } from './said-by.js';

describe('files of IMS Enterprise, all the way to Moodle', () => {
  let university: RunningUniversity;
  let gateway: ServiceProcess;
  const folder = join(tmpdir(), `itk-ims-${process.pid}-${Date.now()}`);
  const drop = (name: string, content: string): void => {
    writeFileSync(join(folder, `${name}.part`), content);
    renameSync(join(folder, `${name}.part`), join(folder, name));
  };

  beforeAll(async () => {
    mkdirSync(folder);
    university = await runUniversity({
      ...{ students: 12, seed: 3, faulty: 0, courses: 8 },
      // No 1C: files alone feed it, and whoever has to do with 1C runs beside and has nothing to do.
      system: ({ synchronizer: _, ...usual }) => ({
        ...usual,
        accounts: { username: '{userid}' },
        enrolment: { newCourseCategory: 1 },
        ims: { folder, zone: 'Europe/Moscow', quietFor: 'PT0.1S' },
      }),
    });
    gateway = university.replica('ims-gateway');
    await Promise.all([
      university.start(['onec-poller', 'user-provisioner', 'course-enroller', 'success-reporter']),
      gateway.start(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await university?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const moodle = () => university.systems[0]!.moodle.state;
  /** What stands in Moodle of these persons. */
  const standing = (codes: readonly string[]): Record<string, unknown> => {
    const { users, courses, enrolments, groups } = moodle();
    const known = [...users.all()].filter(({ idnumber }) => codes.includes(idnumber));
    return Object.fromEntries(
      known.map((user) => {
        const roles = [...courses.all()].flatMap((course) =>
          [...enrolments.inCourse(course.id)]
            .filter(({ userid, suspended }) => userid === user.id && !suspended)
            .map(() => {
              const group = [...groups.inCourse(course.id)].find(({ members }) => members.has(user.id));
              return { course: course.idnumber, name: course.fullname, group: group?.name ?? '' };
            }),
        );
        return [user.idnumber, { username: user.username, name: [user.firstname, user.lastname], roles }];
      }),
    );
  };
  const outcomes = async (): Promise<unknown[]> =>
    (
      await university.database.query(
        `select f.name, f.state, coalesce(json_object_agg(c.state, c.number) filter (where c.state is not null), '{}') as ends
         from ims_gateway.files f left join (
           select file, state, count(*)::int as number from ims_gateway.changes group by 1, 2) c on c.file = f.id
         group by f.id order by f.id`,
      )
    ).rows;

  it("the guide's example, as it lies in the documents, makes its course, hidden, and its person", async () => {
    expect(readFileSync(resolve('docs/ims-example.xml'), 'utf8')).toBe(theGuidesExample);
    drop('example.xml', theGuidesExample);
    await until(
      'its outcome is known',
      async () => JSON.stringify(await outcomes()) === '[{"name":"example.xml","state":"applied","ends":{"done":1}}]',
      60_000,
    );
    const said = saidBy(theGuidesExample);
    expect(Object.keys(said)).toEqual(['xymoodle']);
    expect(standing(['xymoodle'])).toEqual(said);
    const made = [...moodle().courses.all()].filter(({ idnumber }) => idnumber === 'MOODLE101');
    expect(made).toMatchObject([{ visible: false, categoryid: 1 }]);
  }, 90_000);

  it('a gateway killed again and again brings all that is said, once', async () => {
    const codes = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const member = (course: string, code: string): string =>
      `<member><sourcedid><id>${code}</id></sourcedid><role roletype="01"><status>1</status><extension><cohort>g${code.length}</cohort></extension></role></member>`;
    const file = [
      '<enterprise>',
      ...['A1', 'B2'].map(
        (course) =>
          `<group><sourcedid><id>${course}</id></sourcedid><description><short>Course ${course}</short></description></group>`,
      ),
      ...codes.map(
        (code) =>
          `<person><sourcedid><id>${code}</id></sourcedid><userid>u${code}</userid><name><n><family>F${code}</family><given>G${code}</given></n></name></person>`,
      ),
      ...['A1', 'B2'].map(
        (course) =>
          `<membership><sourcedid><id>${course}</id></sourcedid>${codes.map((code) => member(course, code)).join('')}</membership>`,
      ),
      '</enterprise>',
    ].join('\n');
    drop('sixty.xml', file);
    for (let kills = 0; kills < 4; kills++) {
      const known = async (): Promise<number> => Object.keys(standing(codes)).length;
      const before = await known();
      await gateway.kill();
      gateway = university.replica('ims-gateway');
      await gateway.start();
      await until('it went on', async () => (await known()) > before || before === codes.length, 60_000);
    }
    await until('all have ended', async () => JSON.stringify((await outcomes())[1]).includes('"done":60'), 90_000);
    expect(standing(codes)).toEqual(saidBy(file));
    expect(moodle().counters.noopEnrolments).toBe(0);
    expect([...moodle().users.all()].filter(({ username }) => username.startsWith('up'))).toHaveLength(codes.length);
  }, 200_000);
});
