import fc from 'fast-check';
import { exportState } from '../inspection/export.js';
import { SandboxState } from './state.js';

const byId = <T extends { id: number }>(rows: T[]) => rows.sort((a, b) => a.id - b.id);

/** What the site holds, in an order of its own: taking back may reorder. */
function contents(state: SandboxState) {
  const { users, courses, categories, enrolments, groups, cohorts } = exportState(state);
  const members = <T extends { members: number[] }>(row: T) => ({ ...row, members: [...row.members].sort() });
  return {
    users: byId(users),
    courses: byId(courses.map((course) => ({ ...course }))),
    categories,
    enrolments: enrolments.map((row) => ({ ...row })).sort((a, b) => a.courseid - b.courseid || a.userid - b.userid),
    groups: byId(groups.map(members)),
    cohorts: byId(cohorts.map(members)),
    lookUps: users.map((user) => [
      state.users.withUsername(user.username)?.id,
      state.users
        .withIdnumber(user.idnumber)
        .map((one) => one.id)
        .sort(),
      state.users
        .emailHolders(user.email)
        .map((one) => one.id)
        .sort(),
      state.enrolments.countOfUser(user.id),
    ]),
    counts: [state.users.size, state.courses.size, state.enrolments.size],
  };
}

const small = fc.integer({ min: 1, max: 6 });
const deed = fc.record({
  kind: fc.constantFrom('user', 'rename', 'delete', 'enrol', 'unenrol', 'group', 'member', 'cohort', 'course', 'role'),
  a: small,
  b: small,
});

function perform(state: SandboxState, { kind, a, b }: { kind: string; a: number; b: number }): void {
  const user = state.users.get(a);
  const terms = { timestart: b, timeend: 0, suspended: b % 2 === 0 };
  if (kind === 'user') {
    const username = `x${state.users.size}-${a}-${b}`;
    state.users.insert({ username, firstname: 'F', lastname: 'L', email: `${a}@e.org`, idnumber: String(b) });
  } else if (kind === 'rename' && user) state.users.update(user, { username: `renamed${a}-${b}`, idnumber: String(a) });
  else if (kind === 'delete' && user && !user.deleted) state.deleteUser(user);
  else if (kind === 'enrol' && user) state.enrolments.enrol(b, a, (a % 3) + 3, terms);
  else if (kind === 'unenrol') {
    state.enrolments.remove(b, a);
    state.groups.leaveCourse(b, a);
  } else if (kind === 'group') state.groups.insert({ courseid: a, name: `g${b}` });
  else if (kind === 'member' && state.groups.get(a)) state.groups.addMember(state.groups.get(a)!, b);
  else if (kind === 'cohort') state.cohorts.insert({ name: 'c', idnumber: `c${state.cohorts.size}-${a}` });
  else if (kind === 'course') state.courses.insert({ shortname: `s${state.courses.size}-${a}` });
  else if (kind === 'role') {
    const held = state.enrolments.get(b, a);
    if (held) state.enrolments.change(held, { roles: [a] });
  }
}

const tolerant = (state: SandboxState, one: { kind: string; a: number; b: number }) => {
  try {
    perform(state, one);
  } catch {
    // A refused write (a username taken) leaves nothing behind: the comparison sees to that.
  }
};

describe('a call that fails', () => {
  it('leaves everything as it was before, indices included', () => {
    fc.assert(
      fc.property(
        fc.array(deed, { maxLength: 40 }),
        fc.array(deed, { minLength: 1, maxLength: 40 }),
        (before, failing) => {
          const state = new SandboxState();
          state.addCourses(5);
          for (const one of before) tolerant(state, one);
          const wanted = contents(state);
          expect(() =>
            state.transactions.run(() => {
              for (const one of failing) tolerant(state, one);
              throw new Error('refused at last');
            }),
          ).toThrow('refused at last');
          expect(contents(state)).toEqual(wanted);
        },
      ),
      { numRuns: 200 },
    );
  });
});
