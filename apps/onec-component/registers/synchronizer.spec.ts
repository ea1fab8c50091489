import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { emptyUniversity, openRegisters, type Registers } from '../testing/registers.js';
import type { Snapshot } from '../mirror/snapshot.js';

/**
 * A university made by hand. Moscow is three hours ahead of UTC: the infobase's now is 2025-10-15T15:00:00.
 * Each student is one case of the paper.
 */
let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

const now = Date.parse('2025-10-15T12:00:00Z');
const inMoscow = '2025-10-15T15:00:00';
const programme = { year: 2024, field: '01.03.02', profile: 'Прикладная математика', mode: 'Очная', site: 'Москва' };

const group = (code: string, more: object = {}) => ({ code, name: `Группа ${code}`, ...programme, ...more });
const curriculum = (code: string, more: object = {}) => ({
  ...{ code, name: code, ...programme, template: false, status: 'Approved', graduatingDepartment: null, level: null },
  lines: [],
  ...more,
});

type Status = Partial<Snapshot['statuses'][number]>;

let made: ReturnType<typeof emptyUniversity>;

function student(code: string, statuses: Status[] = [{}], names: object[] = [{}]): void {
  made.students.push({ code, individual: `и-${code}` });
  for (const status of statuses)
    made.statuses.push({
      ...{ student: code, period: '2025-09-01T00:00:00', status: 'Continues Education', group: 'г1', semester: 3 },
      ...status,
    });
  for (const name of names)
    made.names.push({
      ...{ individual: `и-${code}`, period: '2024-08-01T00:00:00' },
      ...{ lastname: 'Щёголева', firstname: 'Анна-Мария', middlename: 'Павловна' },
      ...name,
    });
}

let documents = 0;
const line = (discipline: string, courseId: number, more: object = {}) => ({
  ...{ curriculum: 'план', department: '801', disciplineKind: 'Discipline' as const, discipline, semester: 3 },
  ...{ system: '1', courseId, change: true, several: false },
  ...more,
});
function document(date: string, ...lines: ReturnType<typeof line>[]): void {
  documents++;
  made.toolkit.documents.push({
    id: `00000000-0000-4000-8000-${String(documents).padStart(12, '0')}`,
    number: String(documents),
    date,
    author: 'Иванов И. И.',
    lines,
  });
}

beforeEach(async () => {
  await registers.empty();
  registers.time.now = now;
  made = emptyUniversity();
  made.toolkit.systems.push({ code: '1', name: 'LMS', address: '' }, { code: '2', name: 'СДО', address: '' });
  made.groups.push(group('г1'));
  made.curricula.push(curriculum('план'));
});

const fill = async () => {
  registers.university.snapshot = made;
  await registers.mirror.refresh();
};
type Element = {
  code?: string;
  error?: string;
  courses?: number[];
  lastname?: string;
  group?: string;
  curriculum?: string;
};
const page = async (limit = 100, els = 'LMS'): Promise<Element[]> =>
  JSON.parse(await registers.synchronizer.getStudents(els, limit)) as Element[];
const codes = async (limit = 100, els = 'LMS') => (await page(limit, els)).map((one) => one.code ?? one.error ?? '');
const seconds = (text: string) => Date.parse(text) / 1000;
const rows = () =>
  registers.dataSource.query(
    `select system, student, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, error
       from onec_component.synchronization order by 1, 2, 3`,
  );

test('a student of whom all is well: every field, the courses of curriculum, semester and system', async () => {
  student('000000001');
  document(
    '2025-08-20T10:00:00',
    line('д1', 17),
    line('д2', 42),
    line('ц1', 5, { disciplineKind: 'Cycle' }),
    line('п1', 17, { disciplineKind: 'Practice' }),
    line('пустая', 0),
    line('не отмечена', 99, { change: false }),
    line('другой семестр', 98, { semester: 4 }),
    line('другой план', 97, { curriculum: 'иной' }),
    line('другая ЭОС', 96, { system: '2' }),
  );
  await fill();
  const [element] = await page();
  expect(element).toEqual({
    ...{ code: '000000001', lastname: 'Щёголева', firstname: 'Анна-Мария', middlename: 'Павловна' },
    ...{ group: 'Группа г1', semester: 3, ...programme, curriculum: 'план', individual: 'и-000000001' },
    courses: [5, 17, 42],
    bindingSequence: expect.any(Number),
  });
  expect((await page(1, 'СДО'))[0]?.courses).toEqual([96]);
});

describe('who is selected', () => {
  test('the last status counts: an expelled student does not come back by an older row', async () => {
    student('1', [{ period: '2024-09-01T00:00:00' }, { period: '2025-10-14T00:00:00', status: 'Expelled' }]);
    student('2', [{ status: 'Academic leave', period: '2024-09-01T00:00:00' }, {}]);
    await fill();
    expect(await codes()).toEqual(['2']);
  });

  test('a status dated ahead waits for its moment, which is inclusive', async () => {
    student('1', [{ period: '2025-10-15T15:00:01' }]);
    student('2', [{ period: inMoscow }]);
    student('3', [{}, { period: '2025-10-15T15:00:01', status: 'Expelled' }]);
    await fill();
    expect(await codes()).toEqual(['2', '3']);
    registers.time.now += 1000;
    expect(await codes()).toEqual(['1', '2']);
  });

  test('not those with a Synchronization row of this system whose period is now or later', async () => {
    for (const code of ['1', '2', '3', '4']) student(code);
    await fill();
    await registers.synchronizer.setCronflag(`1#${now / 1000 - 1}, 2#${now / 1000}, 3#${now / 1000 + 1}`, 'LMS');
    expect(await codes()).toEqual(['1', '4']);
    expect(await codes(100, 'СДО')).toEqual(['1', '2', '3', '4']);
    registers.time.now += 2000;
    expect(await codes()).toEqual(['1', '2', '3', '4']);
  });

  test('at most Limit; faulty students take places of it and are gone from the next page', async () => {
    student('1', [{ group: null }]);
    student('2', [{ group: '' }]);
    student('3');
    student('4');
    await fill();
    expect((await codes(2)).map((text) => text.slice(0, 12))).toEqual(['Status Error', 'Status Error']);
    expect(await codes(2)).toEqual(['3', '4']);
    expect(await codes(2)).toEqual(['3', '4']);
  });

  test('nobody at all is an empty array', async () => {
    await fill();
    expect(await registers.synchronizer.getStudents('LMS', 10)).toBe('[]');
  });

  test.each([0, -1])('Limit %d is an exception', async (limit) => {
    await expect(registers.synchronizer.getStudents('LMS', limit)).rejects.toThrow('Limit');
  });

  test('a system that the ELS directory does not hold is an exception, in every operation', async () => {
    await fill();
    const { synchronizer } = registers;
    const text = 'Не найдена ЭОС с наименованием "lms"';
    await expect(synchronizer.getStudents('lms', 1)).rejects.toThrow(text);
    await expect(synchronizer.setCronflag('1#1', 'lms')).rejects.toThrow(text);
    await expect(synchronizer.setErrorCronflag('1', 'lms')).rejects.toThrow(text);
    await expect(synchronizer.bindingsSince('lms', 0, 1)).rejects.toThrow(text);
    await expect(synchronizer.reoffer('1', 'lms')).rejects.toThrow(text);
  });
});

describe('faults of the data', () => {
  const faulty = async (): Promise<string> => {
    await fill();
    const [element, ...others] = await page();
    expect(others).toEqual([]);
    expect(Object.keys(element ?? {})).toEqual(['error']);
    expect(element?.error).toMatch(/Код студента: 000000007$/);
    expect(await rows()).toEqual([{ system: '1', student: '000000007', period: '2025-11-15T15:00:00', error: true }]);
    return (element?.error ?? '').split(':')[0] ?? '';
  };

  test.each<[string, Status[]]>([
    ['no group', [{ group: null }]],
    ['an empty group', [{ group: ' ' }]],
    ['no semester', [{ semester: null }]],
    ['semester 0', [{ semester: 0 }]],
    ['two rows of one period', [{}, { group: 'г1', semester: 4 }]],
    ['two rows of one period, one of them another status', [{}, { status: 'Expelled' }]],
  ])('Status Error: %s', async (_, statuses) => {
    student('000000007', statuses);
    expect(await faulty()).toBe('Status Error');
  });

  test.each<[string, object[]]>([
    ['no full name', []],
    ['a full name that begins tomorrow', [{ period: '2025-10-16T00:00:00' }]],
    ['an empty full name', [{ lastname: ' ', firstname: '' }]],
  ])('Individual Error: %s', async (_, names) => {
    student('000000007', [{}], names);
    expect(await faulty()).toBe('Individual Error');
  });

  test.each<[string, object]>([
    ['no year', { year: null }],
    ['year 0', { year: 0 }],
    ['no field', { field: null }],
    ['no profile', { profile: '' }],
    ['no mode', { mode: null }],
    ['no site', { site: ' ' }],
  ])('Group Error: %s', async (_, more) => {
    made.groups.push(group('г2', more));
    student('000000007', [{ group: 'г2' }]);
    expect(await faulty()).toBe('Group Error');
  });

  test('Group Error: the group is gone', async () => {
    student('000000007', [{ group: 'нет такой' }]);
    expect(await faulty()).toBe('Group Error');
  });

  test.each<[string, object[]]>([
    ['no curriculum', []],
    ['a template', [curriculum('ш', { template: true })]],
    ['not approved', [curriculum('ч', { status: 'In development' })]],
    ['two fit', [curriculum('а'), curriculum('б')]],
    ...(['year', 'field', 'profile', 'mode', 'site'] as const).map((name): [string, object[]] => [
      `another ${name}`,
      [curriculum('и', { [name]: name === 'year' ? 2023 : 'иное' })],
    ]),
  ])('ES Error: %s', async (_, curricula) => {
    made.curricula = curricula as typeof made.curricula;
    student('000000007');
    expect(await faulty()).toBe('ES Error');
  });

  test('the first fault of the loop is the one that is told', async () => {
    made.curricula = [];
    made.groups = [];
    student('000000007', [{ semester: null }], []);
    expect(await faulty()).toBe('Status Error');
  });

  test('the flag lasts a month, then the student is offered again', async () => {
    student('000000007', [{ group: null }]);
    await fill();
    registers.time.now = Date.parse('2026-01-31T09:00:00Z');
    await page();
    expect(await rows()).toEqual([{ system: '1', student: '000000007', period: '2026-02-28T12:00:00', error: true }]);
    registers.time.now = Date.parse('2026-02-28T09:00:00Z');
    expect(await page()).toEqual([]);
    registers.time.now += 1000;
    expect(await page()).toHaveLength(1);
  });

  test('no bindings is no fault, nor is an absent patronymic', async () => {
    student('1', [{}], [{ middlename: '' }]);
    await fill();
    expect(await page()).toMatchObject([{ code: '1', middlename: '', courses: [] }]);
  });
});

describe('slices', () => {
  test('the newest full name not in the future', async () => {
    student(
      '1',
      [{}],
      [
        { lastname: 'Была' },
        { lastname: 'Есть', period: inMoscow },
        { lastname: 'Будет', period: '2025-10-15T15:00:01' },
      ],
    );
    await fill();
    expect((await page())[0]?.lastname).toBe('Есть');
  });

  test('a newer document rebinds, and 0 unbinds: an older course does not come back', async () => {
    student('1');
    document('2025-08-20T10:00:00', line('д1', 17), line('д2', 42));
    document('2025-08-21T10:00:00', line('д1', 18), line('д2', 0));
    await fill();
    expect((await page())[0]?.courses).toEqual([18]);
  });

  test('a document with an older date has no visible effect', async () => {
    student('1');
    document('2025-08-21T10:00:00', line('д1', 18));
    document('2025-08-20T10:00:00', line('д1', 17));
    await fill();
    expect((await page())[0]?.courses).toEqual([18]);
  });

  test('after a change of department both bindings live; one course bound twice counts once', async () => {
    student('1');
    document('2025-08-20T10:00:00', line('д1', 17), line('д2', 30));
    document('2025-08-21T10:00:00', line('д1', 17, { department: '805' }), line('д2', 31, { department: '805' }));
    await fill();
    expect((await page())[0]?.courses).toEqual([17, 30, 31]);
  });
});

describe('SetCronflag', () => {
  beforeEach(async () => {
    for (const code of ['1', '2', '3']) student(code);
    await fill();
  });

  test('periods are unix seconds and become dates of the infobase', async () => {
    await registers.synchronizer.setCronflag(`1#1725148800, 2#1735689600,3#1767225599,`, 'LMS');
    expect(await rows()).toMatchObject([
      { student: '1', period: '2024-09-01T03:00:00' },
      { student: '2', period: '2025-01-01T03:00:00' },
      { student: '3', period: '2026-01-01T02:59:59' },
    ]);
  });

  test('a bad pair is named and the good ones are kept', async () => {
    const late = seconds('2025-12-01T00:00:00Z');
    const text = await registers.synchronizer.setCronflag(
      `1#${late}, нет, 2#${late}000, 7#${late}, #5, 3#1\u00A0764\u00A0547\u00A0200`,
      'LMS',
    );
    expect(JSON.parse(text)).toEqual({
      refused: [
        { pair: 'нет', reason: expect.any(String) },
        { pair: `2#${late}000`, reason: expect.any(String) },
        { pair: '#5', reason: expect.any(String) },
        { pair: `7#${late}`, reason: 'no such student' },
      ],
    });
    expect(await codes()).toEqual(['2']);
  });

  test('the same again changes nothing; another period is another row', async () => {
    const late = seconds('2025-12-01T00:00:00Z');
    for (const period of [late, late, late + 1])
      expect(await registers.synchronizer.setCronflag(`1#${period}`, 'LMS')).toBe('true');
    expect(await rows()).toHaveLength(2);
  });

  test('ends the live Error rows of the pair, and no others', async () => {
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    await registers.synchronizer.setErrorCronflag('2', 'LMS');
    await registers.synchronizer.setErrorCronflag('1', 'СДО');
    await registers.synchronizer.setCronflag(`1#${seconds('2025-10-15T13:00:00Z')}`, 'LMS');
    expect(await rows()).toEqual([
      { system: '1', student: '1', period: '2025-10-15T16:00:00', error: false },
      { system: '1', student: '2', period: '2025-11-15T15:00:00', error: true },
      { system: '2', student: '1', period: '2025-11-15T15:00:00', error: true },
    ]);
  });

  test('an empty list is no fault', async () => {
    expect(await registers.synchronizer.setCronflag(' , ', 'LMS')).toBe('true');
    expect(await rows()).toEqual([]);
  });
});

describe('SetErrorCronflag and Reoffer', () => {
  beforeEach(async () => {
    for (const code of ['1', '2']) student(code);
    await fill();
  });

  test('with a live Error row nothing changes', async () => {
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    registers.time.now += 86_400_000;
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    expect(await rows()).toEqual([{ system: '1', student: '1', period: '2025-11-15T15:00:00', error: true }]);
    expect(await codes()).toEqual(['2']);
  });

  test('beside a live success row the Error row is set', async () => {
    await registers.synchronizer.setCronflag(`1#${now / 1000 + 60}`, 'LMS');
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    expect(await rows()).toHaveLength(2);
  });

  test('an unknown student is named', async () => {
    expect(JSON.parse(await registers.synchronizer.setErrorCronflag('9', 'LMS'))).toEqual({
      refused: [{ pair: '9', reason: 'no such student' }],
    });
  });

  test('Reoffer ends every live row of the named students in that system, and keeps history', async () => {
    await registers.synchronizer.setCronflag(`1#${now / 1000 - 5}, 1#${now / 1000 + 60}, 2#${now / 1000 + 60}`, 'LMS');
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    await registers.synchronizer.setErrorCronflag('1', 'СДО');
    expect(JSON.parse(await registers.synchronizer.reoffer('1, 1,, 77', 'LMS'))).toEqual({
      refused: [{ pair: '77', reason: 'no such student' }],
    });
    expect(await codes()).toEqual(['1']);
    expect(await codes(100, 'СДО')).toEqual(['2']);
    expect(await rows()).toContainEqual({ system: '1', student: '1', period: '2025-10-15T14:59:55', error: false });
  });
});

describe('a change at the university', () => {
  const month = () => registers.time.now / 1000 + 30 * 86_400;
  beforeEach(async () => {
    made.groups.push(group('г9'));
    for (const code of ['1', '2']) student(code);
    await fill();
    await page();
    await registers.synchronizer.setCronflag(`1#${month()}, 2#${month()}`, 'LMS');
    expect(await page()).toEqual([]);
  });

  test('is offered at the next refresh of the mirror, in every system that had it', async () => {
    await page(100, 'СДО');
    await registers.synchronizer.setCronflag(`1#${month()}, 2#${month()}`, 'СДО');
    made.statuses.push({
      student: '1',
      period: '2025-10-15T14:00:00',
      status: 'Continues Education',
      group: 'г9',
      semester: 3,
    });
    await fill();
    expect(await page()).toMatchObject([{ code: '1', group: 'Группа г9' }]);
    expect(await page(100, 'СДО')).toMatchObject([{ code: '1', group: 'Группа г9' }]);
  });

  test('with the same content nothing is offered again', async () => {
    made.statuses.push({
      student: '1',
      period: '2025-10-15T14:00:00',
      status: 'Continues Education',
      group: 'г1',
      semester: 3,
    });
    await fill();
    expect(await page()).toEqual([]);
  });

  test('that was dated ahead is offered when its time has come', async () => {
    made.names.push({
      individual: 'и-2',
      period: '2025-10-15T16:00:00',
      lastname: 'Новая',
      firstname: 'Анна',
      middlename: '',
    });
    await fill();
    expect(await page()).toEqual([]);
    registers.time.now += 3_600_000;
    await registers.mirror.refresh();
    expect(await page()).toMatchObject([{ code: '2', lastname: 'Новая' }]);
  });

  test('between the offer and the flag: the flag does not hide it', async () => {
    await registers.synchronizer.reoffer('1', 'LMS');
    await page();
    await registers.dataSource.query(
      `update onec_component.individual_full_names set lastname = 'Иная' where individual = 'и-1'`,
    );
    expect(await registers.synchronizer.setCronflag(`1#${month()}`, 'LMS')).toBe('true');
    expect(await page()).toMatchObject([{ code: '1', lastname: 'Иная' }]);
    await registers.synchronizer.setCronflag(`1#${month()}`, 'LMS');
    expect(await page()).toEqual([]);
  });

  test('offered in an answer that was lost: the flag of what was offered before does not hide it', async () => {
    await registers.synchronizer.reoffer('1', 'LMS');
    await page();
    await registers.dataSource.query(
      `update onec_component.individual_full_names set lastname = 'Иная' where individual = 'и-1'`,
    );
    await page();
    await registers.synchronizer.setCronflag(`1#${month()}`, 'LMS');
    expect(await page()).toMatchObject([{ code: '1', lastname: 'Иная' }]);
    await registers.synchronizer.setCronflag(`1#${month()}`, 'LMS');
    expect(await page()).toEqual([]);
  });

  test('an Error flag does not hide it either', async () => {
    await registers.synchronizer.reoffer('1', 'LMS');
    await page();
    await registers.dataSource.query(`update onec_component.study_groups set name = 'Переименована'`);
    await registers.synchronizer.setErrorCronflag('1', 'LMS');
    expect(await page()).toMatchObject([{ code: '1', group: 'Переименована' }]);
  });

  test('a mended fault is offered before its month is over', async () => {
    student('3', [{ group: 'нет' }]);
    await fill();
    expect(await page()).toMatchObject([{ error: expect.stringContaining('Group Error') }]);
    expect(await page()).toEqual([]);
    made.groups.push(group('нет'));
    await fill();
    expect(await page()).toMatchObject([{ code: '3' }]);
  });

  test('of bindings alone does not bring a student back: BindingsSince tells it', async () => {
    document('2025-10-01T10:00:00', line('д1', 17));
    await fill();
    expect(await page()).toEqual([]);
    const changes = JSON.parse(await registers.synchronizer.bindingsSince('LMS', 0, 10)) as object[];
    expect(changes).toEqual([{ curriculum: 'план', semester: 3, courses: [17], sequence: expect.any(Number) }]);
  });
});
