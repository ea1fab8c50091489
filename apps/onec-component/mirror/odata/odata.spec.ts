import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Trouble } from '#persistence';
import { alarmStands } from '#platform/testing';
import { createSandboxOneC, type SandboxOneC, type ShapeName } from '../../../../sandbox/onec/server.js';
import type { ODataSwitches } from '../../../../sandbox/onec/odata/switches.js';
import { continues } from '../../../../sandbox/onec/university/university.js';
import { openODataMirror, type ODataMirror } from '../../testing/odata.js';
import { MirrorAge } from '../age.js';

const els = 'LMS';
const month = () => Math.floor(Date.now() / 1000) + 30 * 86_400;

describe.each(['stock', 'iasu'] as const)('%s', (shape: ShapeName) => {
  let sandbox: SandboxOneC;
  let opened: ODataMirror;
  beforeAll(async () => {
    sandbox = await createSandboxOneC({ students: 300, seed: 8, systems: [els], courses: 60, faulty: 0.2 });
    opened = await openODataMirror(sandbox, shape, { pageSize: 70 });
    await opened.mirror.refresh();
  });
  afterAll(async () => {
    await opened.close();
    await sandbox.close();
  });
  afterEach(() => sandbox.reset());

  /** By table: which rows there are, and when each was last written. */
  const rows = async (): Promise<Record<string, unknown>> => {
    const content: Record<string, unknown> = {};
    for (const table of ['students', 'student_statuses', 'individual_full_names', 'study_groups', 'curricula'])
      content[table] = await opened.dataSource.query(
        `select xmin::text, t.* from onec_component.${table} t order by t::text`,
      );
    return content;
  };
  const offeredAgain = async (code: string): Promise<boolean> => (await opened.students(els)).has(code);
  /** Whom GetStudents once found faulty it hides. */
  const unflag = () => opened.dataSource.query('delete from onec_component.synchronization');
  const someone = async (): Promise<string> => {
    const students = await opened.students(els);
    return [...students].find(([, value]) => value.kind === 'student')![0];
  };

  it('GetStudents gives what was calculated apart from it, every fault among it', async () => {
    const students = await opened.students(els);
    expect(Object.fromEntries(students)).toEqual(Object.fromEntries(sandbox.expected(els)));
    const faults = [...students.values()].flatMap((one) => (one.kind === 'fault' ? [one.fault] : []));
    expect(new Set(faults)).toEqual(new Set(['Status Error', 'Individual Error', 'Group Error', 'ES Error']));
    await unflag();
  });

  it('what has not changed is not written', async () => {
    const before = await rows();
    await opened.mirror.refresh();
    expect(await rows()).toEqual(before);
  });

  it('a change is found, written alone, and offers the student again', async () => {
    const code = await someone();
    await opened.synchronizer.setCronflag(`${code}#${month()}`, els);
    await opened.mirror.refresh();
    expect(await offeredAgain(code)).toBe(false);
    const individual = sandbox.university.students.find((student) => student.code === code)!.individual;
    const { lastname } = sandbox.university.names.find((name) => name.individual === individual)!;
    sandbox.changes.rename(code, { lastname: `${lastname}-Новая` });
    await opened.mirror.refresh();
    expect((await opened.students(els)).get(code)).toMatchObject({ lastname: `${lastname}-Новая` });
  });

  it('an order to another group reaches GetStudents', async () => {
    const code = await someone();
    const { university } = sandbox;
    const own = (await opened.students(els)).get(code) as { group: string };
    const group = university.groups.find(({ name }) => name === own.group)!;
    const other = university.groups.find((one) => one.code !== group.code && one.year === group.year)!;
    sandbox.changes.moveToGroup(code, other.code);
    await opened.mirror.refresh();
    expect((await opened.students(els)).get(code)).toMatchObject({ group: other.name });
    await unflag();
    expect(await opened.students(els)).toEqual(sandbox.expected(els));
  });

  it('whoever is marked for deletion is a student no more; a plan so marked fits nobody', async () => {
    const code = await someone();
    const { curriculum } = (await opened.students(els)).get(code) as { curriculum: string };
    sandbox.switches.odata.marked = [code];
    await opened.mirror.refresh();
    expect(await offeredAgain(code)).toBe(false);
    sandbox.switches.odata.marked = [curriculum];
    await opened.mirror.refresh();
    expect((await opened.students(els)).get(code)).toEqual({ kind: 'fault', fault: 'ES Error' });
    await unflag();
  });

  it('an object that is gone leaves references behind that name nothing', async () => {
    const code = await someone();
    const student = (await opened.students(els)).get(code) as { group: string };
    sandbox.switches.odata.gone = [student.group];
    await opened.mirror.refresh();
    expect((await opened.students(els)).get(code)).toMatchObject({ kind: 'fault' });
    sandbox.switches.odata.gone = [code];
    await opened.mirror.refresh();
    expect(await offeredAgain(code)).toBe(false);
    sandbox.reset();
    await opened.mirror.refresh();
    await unflag();
    expect(await opened.students(els)).toEqual(sandbox.expected(els));
  });

  const students = shape === 'stock' ? 'Catalog_ЗачетныеКниги' : 'Catalog_Студенты';
  const grave: [string, Partial<ODataSwitches>, RegExp][] = [
    ['the composition was lost', { compositionLost: true }, /composition/],
    ['a right was taken away', { forbidden: [students] }, /may not read/],
    ['the password was changed', { account: { user: 'Обмен', password: 'новый' } }, /401/],
  ];
  it.each(grave)('%s: nothing changes, and it is told at once with what to do', async (_, switches, text) => {
    const before = await rows();
    Object.assign(sandbox.switches.odata, switches);
    const age = new MirrorAge(opened.dataSource, opened.troubles, 3_600_000);
    const refused: unknown = await opened.mirror.refresh().catch((error: unknown) => error);
    age.refreshed(refused);
    await age.tell();
    expect(await rows()).toEqual(before);
    const [trouble] = await opened.dataSource.getRepository(Trouble).findBy({ check: 'mirror-age' });
    expect(trouble!.what.en).toMatch(text);
    expect(trouble!.mend.ru).toMatch(/Дайте|Задайте|Проверьте/);
    expect(alarmStands('mirror-refused', '')).toBe(true);
    age.refreshed();
    await age.tell();
    expect(alarmStands('mirror-refused', '')).toBe(false);
  });

  it('nothing, or far less than before, changes nothing; a smaller loss is taken', async () => {
    const before = await rows();
    const { university } = sandbox;
    const kept = [...university.statuses];
    for (const share of [0, 0.5]) {
      university.statuses.splice(0, Infinity, ...kept.filter((_, index) => index < kept.length * share));
      await expect(opened.mirror.refresh()).rejects.toMatchObject({ name: 'FarLessError', trouble: { grave: true } });
      expect(await rows()).toEqual(before);
    }
    university.statuses.splice(0, Infinity, ...kept.slice(0, Math.floor(kept.length * 0.9)));
    await opened.mirror.refresh();
    university.statuses.splice(0, Infinity, ...kept);
    await opened.mirror.refresh();
  });

  it('a state that was renamed in 1C takes nobody’s studies away', async () => {
    const before = await rows();
    const continuing = sandbox.university.statuses.filter(({ status }) => status === continues);
    continuing.forEach((status) => (status.status = 'Обучается'));
    try {
      await expect(opened.mirror.refresh()).rejects.toThrow(/Continues Education/);
    } finally {
      continuing.forEach((status) => (status.status = continues));
    }
    expect(await rows()).toEqual(before);
  });

  it('two students of one code cannot be told apart: both stay as known, and the code is named', async () => {
    const [first, second] = [sandbox.university.students[0]!, sandbox.university.students[1]!];
    const before = await rows();
    const code = second.code;
    const statuses = sandbox.university.statuses.filter((status) => status.student === code);
    // 1C pads codes: these are two objects of one code.
    second.code = `${first.code} `;
    statuses.forEach((status) => (status.student = second.code));
    try {
      await opened.mirror.refresh();
    } finally {
      second.code = code;
      statuses.forEach((status) => (status.student = code));
    }
    const found = await opened.dataSource.getRepository(Trouble).findBy({ check: 'mirror-record' });
    expect(found.map(({ about }) => about)).toContain(first.code);
    expect(((await rows()).students as { code: string }[]).map((row) => row.code)).toContain(first.code);
    const stands = (all: Record<string, unknown>) =>
      (all.student_statuses as { student: string; xmin: string }[]).filter(({ student }) => student === first.code);
    expect(stands(await rows())).toEqual(stands(before));
    await opened.mirror.refresh();
    expect(await opened.dataSource.getRepository(Trouble).findBy({ check: 'mirror-record' })).toEqual([]);
  });
});
