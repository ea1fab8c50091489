import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyForm, groupNode, membershipNode, personNode, propertiesNode, readAll, universities, type University,
} from '../testing/index.js'; // prettier-ignore

const expected = ({ properties, groups, persons, memberships }: University) => [
  properties,
  ...groups,
  ...persons,
  ...memberships,
];
const withoutLines = (records: object[]): object[] => records.map((record) => ({ ...record, line: 0 }));
const tree = ({ properties, groups, persons, memberships }: University) => ({
  name: 'enterprise',
  attributes: {},
  content: [
    propertiesNode(properties),
    ...groups.map(groupNode),
    ...persons.map(personNode),
    ...memberships.map(membershipNode),
  ],
});

const encodings: [string, (text: string) => Buffer][] = [
  ['utf-8', (text) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)],
  ['utf-8, undeclared', (text) => Buffer.from(text)],
  ['utf-8 with its mark', (text) => Buffer.from(`\uFEFF<?xml version='1.0'?>${text}`)],
  ['utf-16le', (text) => Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${text}`, 'utf16le')],
  ['utf-16be', (text) => Buffer.from(`<?xml version="1.0"?>${text}`, 'utf16le').swap16()],
];

describe('any university in any legal form', () => {
  it.each(encodings)('%s', async (_, encode) => {
    await fc.assert(
      fc.asyncProperty(
        universities(),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 300 }),
        async (university, numbers, size) => {
          const pick = (below: number): number => (numbers.next().value as number) % below;
          const file = encode(anyForm(tree(university), pick));
          expect(withoutLines(await readAll(file, size))).toEqual(expected(university));
        },
      ),
      { numRuns: 60 },
    );
  });
});
