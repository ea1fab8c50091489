import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultyIn, whatShouldStand, whatStands } from '../harness/compare.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';

describe('a student all the way: 1C, RabbitMQ, Moodle, and the word back', () => {
  let university: RunningUniversity;
  const live = async (): Promise<{ student: string; error: boolean }[]> =>
    (
      await university.database.query<{ student: string; error: boolean }>(
        `select student, error from onec_component.synchronization
          where period >= (now() at time zone 'Europe/Moscow') order by student`,
      )
    ).rows;

  beforeAll(async () => {
    university = await runUniversity({ students: 200, seed: 7, faulty: 0.05 });
    await university.start();
  }, 120_000);
  afterAll(async () => university?.stop(), 60_000);

  it('brings Moodle and the Synchronization register to what an independent calculation says', async () => {
    const { moodle, els } = university.systems[0]!;
    const expected = university.onec.expected(els);
    await until('1C has nothing more to offer', async () => (await live()).length >= expected.size, 90_000);
    expect(whatStands(moodle)).toEqual(whatShouldStand(expected));
    const rows = await live();
    expect(rows.filter((row) => row.error).map((row) => row.student)).toEqual(faultyIn(expected).sort());
    expect(new Set(rows.map((row) => row.student)).size).toBe(expected.size);
    expect(moodle.state.sharedUserCollisions).toBe(0);
    expect(moodle.state.counters.noopEnrolments).toBe(0);
  }, 120_000);

  it('writes nothing in a second pass', async () => {
    const { moodle, els } = university.systems[0]!;
    const good = [...university.onec.expected(els).values()].filter((student) => student.kind === 'student').length;
    const calls = JSON.stringify(moodle.state.counters.functions);
    // As if the periods had passed: 1C offers every student again.
    await university.database.query('delete from onec_component.synchronization where not error');
    await until('all are hidden again', async () => (await live()).filter((row) => !row.error).length >= good, 90_000);
    expect(JSON.stringify(moodle.state.counters.functions)).toBe(calls);
  }, 120_000);

  it('wrote nothing personal and no secret into any log', () => {
    const { folder, onec } = university;
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    expect(logs.length).toBeGreaterThanOrEqual(6);
    const text = logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    expect(text).toContain('"listening"');
    const secrets = ['password', 'key'].map((name) => readFileSync(join(folder, name), 'utf8'));
    // Short surnames are parts of other words.
    const surnames = onec.university.names.map(({ lastname }) => lastname).filter((name) => name.length > 4);
    const found = [...new Set([...surnames, ...secrets, '@students.invalid'])].filter((word) => text.includes(word));
    expect(found).toEqual([]);
  });
});
