import fc from 'fast-check';
import { makeEvent } from '#contracts';
import { student } from '../testing/students.js';
import { vanished } from '../testing/setup.js';
import type { Change } from './arrangement.js';
import { secondOrigins } from './origins.js';

const told = (code: string, origin: 'onec' | 'ims') =>
  makeEvent('itk.student.changed.v1', student(code, 1, { origin }), { service: 'test' }) as Change;

it('of a batch, what stands first never holds a student of two origins, nor loses what only one told', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('onec' as const, 'ims' as const)), {
        maxLength: 12,
      }),
      (given) => {
        const later = secondOrigins(given.map(([code, origin]) => told(code, origin)));
        const owner = new Map<string, string>();
        given.forEach(([code, origin], index) => {
          if (!owner.has(code)) owner.set(code, origin);
          expect(later.has(index)).toBe(owner.get(code) !== origin);
        });
      },
    ),
  );
});

it('a word about a missing account waits for nobody', () => {
  expect(secondOrigins([told('a', 'ims'), vanished('a'), told('a', 'onec')])).toEqual(new Set([2]));
});
