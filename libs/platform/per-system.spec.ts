import { PerSystem } from './per-system.js';

const parts = new PerSystem([{ id: 'a' }, { id: 'b' }], ({ id }) => ({ name: `part of ${id}` }));

it('makes one part for each system, once, and finds it by id', () => {
  expect(parts.of('b')).toEqual({ name: 'part of b' });
  expect(parts.of('b')).toBe(parts.find('b'));
  expect(parts.all()).toEqual([parts.of('a'), parts.of('b')]);
});

it('says which system is not configured, or finds none', () => {
  expect(() => parts.of('c')).toThrow('no system c is configured');
  expect(parts.find('')).toBeUndefined();
});
