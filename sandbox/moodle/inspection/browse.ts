import type { SandboxMoodle } from '../server.js';
import { isActive } from '../store/enrolments.js';
import { roleShortnames, type SandboxState } from '../store/state.js';

type Row = Record<string, unknown>;

export interface BrowsePage {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly rows: readonly Row[];
}

/** One page of a list for the inspection page: `what`, `q`, `page`, `size`, `user`, `course`. */
export function browse(sandbox: SandboxMoodle, asked: URLSearchParams): BrowsePage {
  const { state } = sandbox;
  const words = (asked.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const size = Math.min(200, Math.max(1, Number(asked.get('size')) || 25));
  const page = Math.max(1, Number(asked.get('page')) || 1);
  const first = (page - 1) * size;
  const rows: Row[] = [];
  let total = 0;
  for (const { searched, row } of rowsOf(state, asked)) {
    if (words.length > 0) {
      const held = searched().toLowerCase();
      if (!words.every((word) => held.includes(word))) continue;
    }
    if (total >= first && rows.length < size) rows.push(row());
    total++;
  }
  return { total, page, size, rows };
}

interface Candidate {
  searched(): string;
  row(): Row;
}

function* rowsOf(state: SandboxState, asked: URLSearchParams): Iterable<Candidate> {
  switch (asked.get('what')) {
    case 'courses':
      for (const course of state.courses.all()) {
        yield {
          searched: () => `${course.id} ${course.shortname} ${course.fullname} ${course.idnumber}`,
          row: () => ({ ...course, enrolled: state.enrolments.countInCourse(course.id) }),
        };
      }
      return;
    case 'enrolments':
      yield* enrolmentRows(state, Number(asked.get('user')) || undefined, Number(asked.get('course')) || undefined);
      return;
    case 'groups':
      for (const group of state.groups.all()) {
        const course = state.courses.get(group.courseid)?.shortname ?? '';
        yield {
          searched: () => `${group.id} ${group.name} ${group.idnumber} ${course}`,
          row: () => ({ ...group, course, members: group.members.size }),
        };
      }
      return;
    case 'cohorts':
      for (const cohort of state.cohorts.all()) {
        yield {
          searched: () => `${cohort.id} ${cohort.name} ${cohort.idnumber}`,
          row: () => ({ ...cohort, members: cohort.members.size }),
        };
      }
      return;
    default:
      for (const user of state.users.all()) {
        yield {
          searched: () =>
            `${user.id} ${user.username} ${user.firstname} ${user.lastname} ${user.email} ${user.idnumber}`,
          row: () => ({
            id: user.id,
            username: user.username,
            lastname: user.lastname,
            firstname: user.firstname,
            middlename: user.middlename ?? '',
            email: user.email,
            idnumber: user.idnumber,
            department: user.department,
            auth: user.auth,
            suspended: user.suspended,
            deleted: user.deleted,
            courses: state.enrolments.countOfUser(user.id),
          }),
        };
      }
  }
}

function* enrolmentRows(state: SandboxState, userid?: number, courseid?: number): Iterable<Candidate> {
  const now = Date.now() / 1000;
  const held =
    userid !== undefined
      ? state.enrolments.ofUser(userid)
      : courseid !== undefined
        ? state.enrolments.inCourse(courseid)
        : state.enrolments.all();
  for (const enrolment of held) {
    if (courseid !== undefined && enrolment.courseid !== courseid) continue;
    const user = state.users.get(enrolment.userid)!;
    const course = state.courses.get(enrolment.courseid);
    yield {
      searched: () =>
        `${user.username} ${user.lastname} ${user.firstname} ${user.idnumber} ${course?.shortname} ${course?.fullname}`,
      row: () => ({
        userid: user.id,
        user: `${user.lastname} ${user.firstname}`,
        username: user.username,
        courseid: enrolment.courseid,
        course: course?.shortname ?? '',
        roles: enrolment.roles.map((role) => roleShortnames.get(role) ?? role).join(', '),
        timestart: enrolment.timestart,
        timeend: enrolment.timeend,
        suspended: enrolment.suspended,
        active: isActive(enrolment, now),
        plugin: enrolment.plugin,
        groups: [...state.groups.inCourse(enrolment.courseid)]
          .filter((group) => group.members.has(user.id))
          .map((group) => group.name)
          .join(', '),
      }),
    };
  }
}
