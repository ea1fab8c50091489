import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { group, handmadeUniversity, line, now } from '../testing/handmade-university.js';
import { openRegisters, type Registers } from '../testing/registers.js';

let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());
const university = handmadeUniversity(() => registers);
const { codes, document, fill, page, rows, student } = university;
beforeEach(university.begin);

const seconds = (text: string) => Date.parse(text) / 1000;

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
    university.made.groups.push(group('г9'));
    for (const code of ['1', '2']) student(code);
    await fill();
    await page();
    await registers.synchronizer.setCronflag(`1#${month()}, 2#${month()}`, 'LMS');
    expect(await page()).toEqual([]);
  });

  test('is offered at the next refresh of the mirror, in every system that had it', async () => {
    await page(100, 'СДО');
    await registers.synchronizer.setCronflag(`1#${month()}, 2#${month()}`, 'СДО');
    university.made.statuses.push({
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
    university.made.statuses.push({
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
    university.made.names.push({
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
    university.made.groups.push(group('нет'));
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
