import fc from 'fast-check';
import { clean, type CleaningRules } from '../../sandbox/moodle/protocol/cleaning.js';
import { groupIdnumber, groupName } from './courses/group-names.js';
import { plainText } from './plain-text.js';

const rules: CleaningRules = { authPlugins: [], languages: [], themes: [], extendedUsernames: false };

test.each([
  ['Группа <1>/2', 'Группа /2'],
  ['М3О-101Б & "1"', 'М3О-101Б & "1"'],
  ['1 < 2 > 1', '1 < 2 > 1'],
  ['a<b', 'a'],
  ['a<', 'a'],
  ['<b>ИВТ</b>-21', 'ИВТ-21'],
  ['<a <b> c>d', 'd'],
  ['a<i title=">">b', 'ab'],
  ["a<i title='b", 'a'],
  [`a<b '<c>'> d`, 'a d'],
  [`a<b <c '>'> d`, 'a d'],
  ['a<!-- <b> -->c', 'ac'],
  ['a<!-->c', 'ac'],
  ['a<?php x ?>c', 'ac'],
  ['a<!-- b', 'a'],
  ['a<!--->c', 'ac'],
  ['a<!b <c> d', 'a d'],
  ['a<?b <c> d', 'a d'],
  ['1 <\v2', '1 <\v2'],
  ['a\0b\uD800', 'ab'],
])('%j is %j to Moodle', (given, plain) => {
  expect(plainText(given)).toBe(plain);
});

test('law: what is cleaned is as Moodle cleans it, and Moodle takes it', () => {
  const letters = fc.constantFrom('<', '>', '"', "'", ' ', '\n', '/', 'a', 'Ж', '😀', '\0', '-', '=');
  fc.assert(
    fc.property(fc.string({ unit: letters }), (text) => {
      const plain = plainText(text);
      expect(plain).toBe(clean('noTags', text, rules));
      for (const kind of ['text', 'noTags'] as const) expect(clean(kind, plain, rules)).toBe(plain);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(clean('text', plainText(text), rules)).toBe(plainText(text));
    }),
  );
});

test('a group is named plainly and known by what 1C calls it, both as long as the columns', () => {
  expect([groupName(' Группа <1>/2 '), groupIdnumber(' Группа <1>/2 ')]).toEqual(['Группа /2', 'Группа <1>/2']);
  expect([[...groupName('😀'.repeat(300))].length, [...groupIdnumber('😀'.repeat(300))].length]).toEqual([254, 100]);
});
