import type { WrittenGroup, WrittenMembership, WrittenPerson } from './write.js';

/**
 * Moodle's importer makes by one kind of record and changes by another, and passes over what it does not find: so that
 * the end is the same whatever stood there, both are said, the making first.
 */
export const madeAndChanged = <T extends WrittenGroup | WrittenPerson>(record: T): T[] => [
  { ...record, recstatus: 1 },
  { ...record, recstatus: 2 },
];

/** The form in which the importer hears of the end of a role, given that `imsunenrol` is on. */
export const ended = ({ group, member, role }: WrittenMembership): WrittenMembership => ({
  group,
  member,
  role,
  recstatus: 3,
  active: false,
});

const dayLength = 24 * 60 * 60 * 1000;

/** The importer ends an enrolment at the first minute of the end day: the day to write is the one after the last. */
export const endAfter = (lastDay: string): string =>
  new Date(Date.parse(`${lastDay}T00:00:00Z`) + dayLength).toISOString().slice(0, 10);
