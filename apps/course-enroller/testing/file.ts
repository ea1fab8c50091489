import type { Outcome } from '#messaging';
import type { FileSystem } from '#platform';
import { byFile, enrollerOf, type EnrollerRules } from '../enrollers.js';
import { CoursesFile } from '../file/courses/courses-file.js';
import { system, userProvisioned, type EnrollerSetup } from './setup.js';
import type { Provisioned } from './studies.js';

/** A student whose account is carried by the file. */
export const filePerson = (code: string, more: Provisioned = {}): Provisioned => ({
  ...{ code, user: Number(code), created: true },
  account: {
    ...{ idnumber: code, username: `u${code}`, auth: 'manual', lastname: 'Ёлкина', firstname: `Анна ${code}` },
    email: `u${code}@students.invalid`,
  },
  ...more,
});

/** Told to the enroller of a system whose Moodle takes a file. */
export function deliverToFile(
  setup: EnrollerSetup,
  { roles, coursesFile }: Pick<FileSystem['imsFile'], 'roles' | 'coursesFile'>,
  given: readonly Provisioned[],
): Promise<Outcome[]> {
  const enroller = enrollerOf(
    {
      ...{ id: system, period: 'P1M', accounts: { per: 'student' } as EnrollerRules['accounts'] },
      enrolment: { role: 'student', removal: 'suspend', grouping: 'group', editRoles: [] },
    },
    setup.dataSource,
    byFile(setup.dataSource, system, roles, new CoursesFile(coursesFile)),
    () => setup.clock.now,
  );
  return setup.deliver(enroller, given.map(userProvisioned));
}
