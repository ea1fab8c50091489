import { z } from 'zod';
import { guide, guideKey, keysBelow } from './guide.js';
import { distance, nearest } from '../problems/nearest.js';
import { configurationSchema } from '../schema.js';

interface Node {
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: Node | boolean;
}
const keysOf = (node: Node, path = ''): string[] => [
  ...(path ? [path] : []),
  ...Object.entries(node.properties ?? {}).flatMap(([key, below]) => keysOf(below, path ? `${path}.${key}` : key)),
  ...(node.items ? keysOf(node.items, `${path}[]`) : []),
  ...(typeof node.additionalProperties === 'object' && Object.keys(node.additionalProperties).length > 0
    ? keysOf(node.additionalProperties, `${path}.*`)
    : []),
];

test('every key of the schema has its line, and no line is without its key', () => {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input' }) as Node;
  expect(Object.keys(guide).sort()).toEqual(keysOf(schema).sort());
});

test.each([
  [['systems', 3, 'moodle', 'roles', 'student'], 'systems[].moodle.roles.*'],
  [['systems', 0, 'accounts', 'fields'], 'systems[].accounts.fields'],
  [['onecComponent', 'zone'], 'onecComponent.zone'],
])('%j is explained by %s', (path, key) => expect(guideKey(path)).toBe(key));

test('keys below', () => {
  expect(keysBelow([])).toEqual(['database', 'broker', 'systems', 'onecComponent', 'console']);
  expect(keysBelow(['onecComponent', 'mirror'])).toEqual(['url', 'odata', 'refresh', 'largestLoss']);
});

test.each([
  ['token_file', 'tokenFile'],
  ['tokne-file', 'tokenFile'],
  ['Role', 'role'],
  ['paswordFile', 'passwordFile'],
  ['frobnicate', undefined],
  ['x', undefined],
])('%s: probably %s', (word, meant) => {
  expect(nearest(word, ['tokenFile', 'passwordFile', 'role', 'url'])).toBe(meant);
});

test('distance', () => {
  expect([distance('', 'abc'), distance('abc', 'acb'), distance('kitten', 'sitting')]).toEqual([3, 1, 3]);
});
