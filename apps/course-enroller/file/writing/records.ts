import { DateTime } from 'luxon';
import type { ToldAccount } from '#contracts';
import { endAfter, ended, type Roletype, type WrittenMembership, type WrittenPerson } from '#ims-enterprise';

const source = '1C';

/** As the importer reads it: it knows of no patronymic, and of no password. */
export const personOf = ({
  idnumber,
  username,
  auth,
  lastname,
  firstname,
  email,
  city,
  country,
}: ToldAccount): WrittenPerson => ({
  sourcedid: { source, id: idnumber },
  userids: [{ userid: username, authentication: auth }],
  name: { full: `${lastname} ${firstname}`, family: lastname, given: firstname },
  email,
  ...((city || country) && { address: { ...(city && { locality: city }), ...(country && { country }) } }),
});

/** One role of a person in a course. Times are unix seconds, 0: none. */
export interface RoleToWrite {
  idnumber: string;
  course: string;
  roleId: number;
  active: boolean;
  begin: number;
  end: number;
  group: string | null;
}

/**
 * What is written of one person in one course. The importer ends an enrolment whole, with all its roles: so as long as
 * one role holds, the others are passed over in silence; and when none does, one end is enough.
 */
export function membershipsOf(roles: readonly RoleToWrite[], zone: string): WrittenMembership[] {
  const holding = roles.filter(({ active }) => active);
  return holding.length > 0
    ? holding.map((role) => membershipOf(role, zone))
    : roles.slice(0, 1).map((role) => ended(membershipOf(role, zone)));
}

const membershipOf = (
  { idnumber, course, roleId, begin, end, group }: RoleToWrite,
  zone: string,
): WrittenMembership => ({
  group: { source, id: course },
  member: { source, id: idnumber },
  role: `0${roleId}` as Roletype,
  active: true,
  ...((begin > 0 || end > 0) && {
    timeframe: {
      ...(begin > 0 && { begin: { date: dayOf(begin, zone), restrict: true } }),
      ...(end > 0 && { end: { date: endDay(end, zone), restrict: true } }),
    },
  }),
  ...(group !== null && { cohort: group }),
});

const inZone = (seconds: number, zone: string): DateTime => DateTime.fromSeconds(seconds, { zone });
const dayOf = (seconds: number, zone: string): string => inZone(seconds, zone).toISODate()!;

/** The importer ends at the first minute of the day that is written. */
function endDay(seconds: number, zone: string): string {
  const moment = inZone(seconds, zone);
  return +moment === +moment.startOf('day') ? moment.toISODate()! : endAfter(moment.toISODate()!);
}
