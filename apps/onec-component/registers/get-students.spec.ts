import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  curriculum,
  group,
  handmadeUniversity,
  inMoscow,
  line,
  now,
  programme,
  type Status,
} from '../testing/handmade-university.js';
import { countStudents } from './count.js';
import { openRegisters, type Registers } from '../testing/registers.js';

let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());
const university = handmadeUniversity(() => registers);
const { codes, document, fill, page, rows, student } = university;
beforeEach(university.begin);

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
  test('counted is who would be offered without a limit, of all who continue their education', async () => {
    student('1');
    student('2');
    student('3', [{ status: 'Expelled' }]);
    await fill();
    const count = (els: string) => countStudents(registers.dataSource, els, registers.clock.now());
    expect(await count('LMS')).toEqual({ students: 2, left: 2 });
    await registers.synchronizer.setCronflag('1#1900000000', 'LMS');
    expect(await count('LMS')).toEqual({ students: 2, left: 1 });
    expect(await codes()).toEqual(['2']);
    expect(await count('no such')).toBeNull();
  });

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
    university.made.groups.push(group('г2', more));
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
    university.made.curricula = curricula as typeof university.made.curricula;
    student('000000007');
    expect(await faulty()).toBe('ES Error');
  });

  test('the first fault of the loop is the one that is told', async () => {
    university.made.curricula = [];
    university.made.groups = [];
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
