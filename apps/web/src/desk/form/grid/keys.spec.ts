import { describe, expect, test } from '@jest/globals';
import { begin, chosen, courseColumn, moved, within } from './cursor.js';
import { deedOfKey, type KeyDeed, type Pressed } from './keys.js';

const press = (key: string, more: Partial<Pressed> = {}) =>
  deedOfKey({ ...{ key, code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }, ...more });

describe('keys of the table', () => {
  test.each<[string, Partial<Pressed>, KeyDeed | undefined]>([
    ['Enter', {}, { kind: 'next' }],
    ['F4', {}, { kind: 'choose' }],
    ['F4', { shiftKey: true }, { kind: 'clear' }],
    ['F2', {}, { kind: 'edit' }],
    ['4', {}, { kind: 'edit', text: '4' }],
    ['ф', { code: 'KeyA' }, { kind: 'choose', text: 'ф' }],
    ['я', { code: 'KeyZ', ctrlKey: true }, { kind: 'undo' }],
    ['Я', { code: 'KeyZ', ctrlKey: true, shiftKey: true }, { kind: 'redo' }],
    ['н', { code: 'KeyY', ctrlKey: true }, { kind: 'redo' }],
    [' ', {}, { kind: 'mark' }],
    ['ы', { code: 'KeyS', ctrlKey: true }, undefined],
    ['м', { code: 'KeyV', ctrlKey: true }, undefined],
    ['Escape', {}, undefined],
    ['Tab', {}, undefined],
  ])('%s %j', (key, more, deed) => {
    expect(press(key, more)).toEqual(deed);
  });
});

describe('the cursor', () => {
  test('Enter goes to the next course, from any column, and stays in the last line', () => {
    const first = moved({ row: 0, column: 1, anchor: 0 }, { kind: 'next' }, 2, 10);
    expect(first).toEqual({ row: 1, column: courseColumn, anchor: 1 });
    expect(moved(first, { kind: 'next' }, 2, 10)).toEqual(first);
  });

  test('Shift chooses rows from where it began, and never leaves the table', () => {
    const down = moved(begin, { kind: 'page', pages: 1, extend: true }, 5, 10);
    expect(chosen(down)).toEqual({ first: 0, last: 4 });
    expect(chosen(moved(down, { kind: 'move', rows: -3, columns: 0, extend: true }, 5, 10))).toEqual({
      first: 0,
      last: 1,
    });
    expect(chosen(moved(down, { kind: 'move', rows: 1, columns: 0, extend: false }, 5, 10))).toEqual({
      first: 4,
      last: 4,
    });
  });

  test('is in the table when fewer lines are displayed', () => {
    expect(within({ row: 9, column: 5, anchor: 2 }, 4)).toEqual({ row: 3, column: 5, anchor: 2 });
    expect(within({ row: 9, column: 5, anchor: 2 }, 0)).toEqual({ row: 0, column: 5, anchor: 0 });
  });
});
