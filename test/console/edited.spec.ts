import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { itk as runItk } from '../harness/itk.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';

interface Stands {
  lastname: string;
  courses: number[];
}

interface Listed {
  failures: { id: string; code: string; state: string }[];
}

describe('a message that is edited goes the whole way through the real services', () => {
  let university: RunningUniversity;
  const itk = <T>(...given: string[]) => runItk<T>(university.environment, ...given);

  beforeAll(async () => {
    university = await runUniversity({ students: 40, seed: 11, faulty: 0, courses: 8 });
  }, 120_000);
  afterAll(async () => university?.stop(), 60_000);

  it('another course and another name: the student is synchronised, the failure closed, both linked', async () => {
    const { moodle, els } = university.systems[0]!;
    const expected = university.onec.expected(els);
    const should = whatShouldStand(expected) as Map<string, Stands>;
    const refusing = [...should.values()].flatMap(({ courses }) => courses)[0]!;
    moodle.state.courses.update(moodle.state.courses.get(refusing)!, { manual: false });
    const console = university.replica('console');
    await Promise.all([university.start(), console.start()]);
    const list = async () => (await itk<Listed>('failures', 'list', '--kind', 'course')).json.failures;
    const concerned = [...should.values()].filter(({ courses }) => courses.includes(refusing)).length;
    await until('all whom it concerns have failed', async () => (await list()).length === concerned, 90_000);

    const { id, code } = (await list())[0]!;
    const before = should.get(code)!;
    const instead = [...moodle.state.courses.all()].find((one) => one.manual && !before.courses.includes(one.id))!.id;
    const fields = (await itk<{ path: string; value: unknown }[]>('failures', 'edit', id)).json;
    const path = fields.find(({ path: each, value }) => /^courses\.\d+\.id$/.test(each) && value === refusing)!.path;
    const given = ['--set', `${path}=${instead}`, '--set', 'person.lastname=Соснина'];
    const edited = await itk<{ event: string; revision: number; progress: { items: Record<string, number> } }>(
      ...['failures', 'edit', id, ...given, '--why', 'the course was bound by mistake'],
    );
    expect(edited).toMatchObject({
      code: 0,
      json: { progress: { items: { succeeded: 1, failed: 0, superseded: 0 } } },
    });

    const courses = [...before.courses.filter((course) => course !== refusing), instead].sort((a, b) => a - b);
    expect(whatStands(moodle).get(code)).toMatchObject({ lastname: 'Соснина', courses });
    const { rows } = await university.database.query(
      `select f.state, f.closed_by, e.event_id, k.evidence->'outcome' as outcome
       from console.failures f join console.edits e on e.failure = f.id
       join console.known k on k.system = f.system and k.subject = f.subject where f.id = $1`,
      [id],
    );
    const { event, revision } = edited.json;
    expect(rows).toMatchObject([
      {
        ...{ state: 'closed', closed_by: `synchronized ${revision}`, event_id: event },
        outcome: { is: 'synchronized', revision },
      },
    ]);
    // Those who were not edited wait as before.
    expect((await list()).map((each) => each.code)).not.toContain(code);
    expect(await list()).toHaveLength(concerned - 1);
  }, 200_000);
});
