import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { choicesIn } from './choices.js';
import { inColumns } from './in-columns.js';
import { landing, readColumn, writeColumn } from './column.js';
import { load, zero } from '../grid/deeds.js';
import { filtered } from './filter.js';
import { keyOfLine, linesDisplayed, linesKept, linesToKeep, withKept, type Displayed } from './lines.js';
import { merged } from './merge.js';
import { enterCourse, mark, sheetWith } from './sheet.js';
import { SheetStore } from './store.js';
import { lineWith } from './testing.js';

describe('a column from a spreadsheet', () => {
  test('its first cells are the courses, empty cells leave their line alone', () => {
    expect(readColumn('17\tФизика\r\n\r\n1\u00a0204\r\n')).toEqual({ values: [17, null, 1204] });
    expect(readColumn('"5"')).toEqual({ values: [5] });
  });

  test('with a cell that is no identifier it does not land at all, and the cell is named', () => {
    expect(readColumn('17\nФизика\t5')).toEqual({ wrong: { row: 2, text: 'Физика' } });
    expect(readColumn('-3')).toMatchObject({ wrong: { row: 1 } });
    expect(readColumn('2147483648')).toMatchObject({ wrong: { row: 1 } });
  });

  test('what was copied can be pasted', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(2_147_483_647), { minLength: 1 }), (values) => {
        expect(readColumn(writeColumn(values))).toEqual({ values });
      }),
    ));

  test('goes down over the lines displayed; one value fills all chosen lines', () => {
    const displayed = [2, 5, 9];
    expect(landing(displayed, { first: 1, last: 1 }, [7, null, 8, 9])).toEqual([[5, 7]]);
    expect(landing(displayed, { first: 0, last: 0 }, [7, null, 8, 9])).toEqual([[2, 7], [9, 8]]); // prettier-ignore
    expect(landing(displayed, { first: 0, last: 2 }, [4])).toEqual([[2, 4], [5, 4], [9, 4]]); // prettier-ignore
  });
});

describe('the filter', () => {
  const physics = lineWith({ course: 5 });
  const other = lineWith({
    discipline: { kind: 'Discipline', code: 'д2', name: 'Учёт и аудит' },
    department: { code: '505', name: 'Кафедра 505' },
    semester: 4,
  });
  const lines = [physics, other];

  test('every word of the text stands in name or code, ё as е', () => {
    expect(filtered(lines, { discipline: 'аудит учет' })).toEqual([1]);
    expect(filtered(lines, { discipline: 'д1' })).toEqual([0]);
    expect(filtered(lines, { curriculum: 'МАТЕМАТИКА 01.03' })).toEqual([0, 1]);
    expect(filtered(lines, { curriculum: 'химия' })).toEqual([]);
  });

  test('both blocks together', () => {
    expect(filtered(lines, { teaching: '505', graduating: '804', semester: 4, level: 'бакалавриат' })).toEqual([1]);
    expect(filtered(lines, { teaching: '505', course: 5 })).toEqual([]);
    expect(filtered(lines, { mode: 'заочная' })).toEqual([]);
    expect(filtered(lines, { course: 0 })).toEqual([1]);
  });

  test('by what was done', () => {
    const { lines: edited } = mark(enterCourse(sheetWith(lines), 0, 8), [1], true);
    expect(filtered(edited, { only: 'changed' })).toEqual([0]);
    expect(filtered(edited, { only: 'marked' })).toEqual([1]);
    expect(filtered(edited, { only: 'suggested' }, new Set([1]))).toEqual([1]);
  });

  test('offers what stands in the lines, in their order', () => {
    expect(choicesIn(lines)).toMatchObject({
      disciplines: [{ value: 'Учёт и аудит' }, { value: 'Физика' }],
      teaching: [{ value: '505' }, { value: '801' }],
      semesters: [3, 4],
    });
  });
});

test('a line that is edited stays displayed until the filter is set anew', () => {
  const store = new SheetStore();
  store.fill([lineWith(), lineWith({ course: 4 })]);
  store.display({ course: 0 });
  store.change((sheet) => enterCourse(sheet, 0, 7));
  expect(store.displayed()).toEqual([0]);
  store.display({ course: 0 });
  expect(store.displayed()).toEqual([]);
});

test('the foot counts changed lines, marked ones, and those marked that are not seen', () => {
  const store = new SheetStore();
  store.fill([lineWith(), lineWith({ course: 4 }), lineWith()]);
  store.change((sheet) => mark(sheet, [0, 1], true));
  store.change((sheet) => enterCourse(sheet, 0, 7));
  store.display({ only: 'empty' });
  expect(store.counts()).toEqual({ changed: 2, marked: 2, markedHidden: 2, total: 3 });
});

test('what no curriculum has stands apart from the others until it is asked for or changed', () => {
  const store = new SheetStore();
  store.fill([lineWith(), lineWith({ course: 4, state: 'gone' }), lineWith({ course: 5, state: 'gone' })]);
  expect([store.displayed(), store.counts().total]).toEqual([[0], 1]);
  store.display({ only: 'gone' });
  expect([store.displayed(), store.counts().total]).toEqual([[1, 2], 2]);
  expect(zero(store, [1])).toEqual({ kind: 'entered', lines: 1 });
  store.display({});
  expect([store.displayed(), store.counts().total]).toEqual([[0, 1], 2]);
});

test('what a file says lands in its lines and is displayed', () => {
  const store = new SheetStore();
  const other = lineWith({ course: 4, semester: 4, several: true });
  store.fill([lineWith(), other, lineWith({ semester: 5, several: true })]);
  store.display({ semester: 3 });
  expect(load(store, [{ ...keyOfLine(other), to: 9 }])).toEqual({ kind: 'loaded', lines: 1 });
  expect(store.sheet().lines.map(({ course }) => course)).toEqual([0, 9, 0]);
  expect(store.displayed()).toEqual([1]);
});

const displayed: Displayed = {
  curricula: [lineWith().curriculum],
  departments: [lineWith().department],
  disciplines: [lineWith().discipline, { kind: 'Practice', code: 'п2', name: 'Практика' }],
  periods: ['2026-09-01T10:00:00'],
  states: ['current', 'resting', 'gone'],
  lines: {
    ...{ curriculum: [0, 0], department: [0, 0], discipline: [0, 1], semester: [3, 4], course: [0, 6] },
    ...{ period: [0, 0], state: [0, 2] },
  },
};

describe('the draft on the server', () => {
  const lines = linesDisplayed(displayed);

  test('keeps what was entered, and laid over what is displayed gives it back', () => {
    const { lines: edited } = mark(enterCourse(sheetWith(lines), 0, 8), [1], true);
    expect(withKept(lines, linesToKeep(edited))).toEqual(edited);
    expect(linesToKeep(lines)).toEqual([]);
    expect(linesKept(inColumns(linesToKeep(edited)))).toMatchObject([
      { discipline: { code: 'д1' }, semester: 3, course: 8, change: true, several: false, shown: { course: 0 } },
      { discipline: { kind: 'Practice' }, semester: 4, course: 6, change: false, several: true },
    ]);
  });

  test('comes back as the document tells it', () => {
    const { curriculum, department, discipline, semester } = displayed.lines;
    const more = { course: [0, 9], change: [false, true], several: [true, false] };
    const kept = linesKept({
      ...displayed,
      lines: {
        ...{ curriculum, department, discipline, semester, shownCourse: [null, 6], shownPeriod: [null, 0] },
        ...more,
      },
    });
    expect(kept).toMatchObject([
      { course: 0, several: true, shown: null },
      {
        course: 9,
        change: true,
        shown: { course: 6, period: '2026-09-01T10:00:00' },
        discipline: { name: 'Практика' },
      },
    ]);
  });

  test('keeps what the register held when the line was shown, and lines that are displayed no more', () => {
    const kept = linesToKeep(enterCourse(sheetWith(lines), 1, 8).lines);
    const anew = linesDisplayed({ ...displayed, lines: { ...displayed.lines, course: [0, 7] } });
    expect(withKept(anew, kept)[1]).toMatchObject({ course: 8, shown: { course: 6 } });
    expect(withKept([anew[0]!], kept)[1]).toMatchObject({ course: 8, discipline: { code: 'п2' } });
  });

  test('two people at one document: both their lines stand, where both entered something mine does and is named', () => {
    const base = linesToKeep(enterCourse(sheetWith(lines), 0, 1).lines);
    const begun = sheetWith(withKept(lines, base));
    const mine = enterCourse(begun, 0, 2).lines;
    const theirs = linesToKeep(enterCourse(begun, 1, 3).lines);
    const { kept, clashes } = merged(base, mine, theirs);
    expect(withKept(lines, kept).map(({ course }) => course)).toEqual([2, 3]);
    expect(clashes).toEqual([]);
    const against = linesToKeep(enterCourse(begun, 0, 9).lines);
    expect(merged(base, mine, against)).toMatchObject({ clashes: [{ mine: 2, theirs: 9 }], kept: [{ course: 2 }] });
    const takenBack = enterCourse(begun, 0, 0).lines;
    expect(merged(base, takenBack, base)).toEqual({ kept: [], clashes: [] });
  });
});
