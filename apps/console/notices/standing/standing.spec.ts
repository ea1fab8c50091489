import { both } from '#contracts';
import type { Group } from '../../failures/desk/overview.js';
import { troublesFound, troublesOfFailures, troublesOfPauses } from './standing.js';
import { textOf } from './words.js';

const [early, late] = [new Date('2026-11-26T07:00:00Z'), new Date('2026-11-26T09:00:00Z')];
const group = (more: Partial<Group> = {}): Group => ({
  ...{ group: '0123456789', system: 'lms', service: 'course-enroller', kind: 'course', cause: 'course-missing' },
  ...{ about: '23', failures: 3, students: 2, shared: 0, replaying: 0, firstSeen: late, lastSeen: late },
  ...{ reason: both('у Иванова нет курса', 'Ivanov has no course'), cure: null, example: 'x' },
  ...more,
});

test('a cause is a trouble, by its fingerprint, with a link to its page', () => {
  expect(troublesOfFailures([group(), group({ group: 'abcdef0123', about: '24' })])).toMatchObject([
    { key: 'failures 0123456789', course: '23', number: 3, students: 2, page: '/failures/group/0123456789' },
    { key: 'failures abcdef0123', course: '24' },
  ]);
});

test('causes that each name a single student are one trouble', () => {
  const taken = { kind: 'student' as const, service: 'user-provisioner', cause: 'username-taken' };
  const troubles = troublesOfFailures([
    group({ ...taken, group: 'a', about: '501', failures: 1, students: 1 }),
    group({ ...taken, group: 'b', about: '502', failures: 1, students: 1, firstSeen: early }),
    group({ ...taken, group: 'c', about: '503', system: 'lms2' }),
  ]);
  expect(troubles).toMatchObject([
    {
      ...{ key: 'failures lms user-provisioner username-taken', number: 2, students: 2, since: early.toISOString() },
      page: '/failures?system=lms&kind=student&service=user-provisioner',
    },
    { system: 'lms2' },
  ]);
});

test('nothing of reasons, and of what a cause is about only the number of a course, gets into a notice', () => {
  const troubles = troublesOfFailures([
    group({ about: 'ivanov@example.edu' }),
    group({ group: 'b', kind: 'unexplained', about: 'Иванов' }),
  ]);
  expect(JSON.stringify([troubles, troubles.map(textOf)])).not.toMatch(/ivanov|Иванов/i);
});

test('a system that stands still is one trouble, however many of its services stand', () => {
  const pause = (system: string, service: string, since: Date) => ({ system, service, since });
  expect(
    troublesOfPauses([
      pause('lms', 'user-provisioner', late),
      pause('lms', 'course-enroller', early),
      pause('lms2', 'course-enroller', late),
    ]),
  ).toMatchObject([
    {
      ...{ key: 'configuration lms', number: 1, services: ['course-enroller', 'user-provisioner'] },
      ...{ since: early.toISOString(), page: '/systems/lms' },
    },
    { key: 'configuration lms2' },
  ]);
});

test('what services have found, look by look', () => {
  const found = (service: string, system: string, check: string) => ({ service, system, check, since: late });
  const troubles = troublesFound([
    found('error-flagger', 'lms', 'flags-held'),
    found('course-enroller', 'lms', 'removals-held'),
    found('onec-poller', 'lms', 'page-lost'),
    found('onec-component', '', 'mirror-age'),
    found('onec-component', '', 'mirror-record'),
    found('onec-component', '', 'mirror-record'),
  ]);
  expect(troubles.map(({ kind, number, page }) => [kind, number, page])).toEqual([
    ['flags-held', 1, '/systems/lms'],
    ['removals-held', 1, '/systems/lms'],
    ['page-lost', 1, '/systems/lms'],
    ['mirror-old', 1, '/'],
    ['found', 2, '/'],
  ]);
  for (const trouble of troubles) expect(textOf(trouble)).toEqual({ ru: expect.any(String), en: expect.any(String) });
});
