import { expect, test } from '@jest/globals';
import { failureOf } from './failure-of.js';

test('an event leads to the failure of its dead letter, or to its own', () => {
  const type = 'itk.synchronization.failed.v1';
  expect(failureOf({ type, eventId: 'e', data: { deadLetter: 'a/course-enroller.lms' } })).toBe(
    'a/course-enroller.lms',
  );
  expect(failureOf({ type, eventId: 'e', data: {} })).toBe('e/1c');
  expect(failureOf({ type: 'itk.student.reported.v1', eventId: 'e', data: {} })).toBeUndefined();
});
