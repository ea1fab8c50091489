import type { SandboxState } from '../store/state.js';
import type { User } from '../store/users.js';

/** An account without its password. */
export const exportUser = ({ password, ...user }: User) => ({ ...user, hasPassword: password !== undefined });

/** The whole site as JSON can hold it. */
export function exportState(state: SandboxState) {
  return {
    users: [...state.users.all()].map(exportUser),
    courses: [...state.courses.all()],
    categories: [...state.courses.categories.values()],
    enrolments: [...state.enrolments.all()],
    groups: [...state.groups.all()].map((group) => ({ ...group, members: [...group.members] })),
    cohorts: [...state.cohorts.all()].map((cohort) => ({ ...cohort, members: [...cohort.members] })),
    counters: state.counters,
  };
}
