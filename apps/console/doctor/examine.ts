import type { DataSource } from 'typeorm';
import type { Finding } from '#contracts';
import { examineMoodleOf } from '#moodle';
import type { MoodleSystem } from '#platform';
import { knownCourse } from '../overview/known-course.js';
import { knownAccounts } from './known-accounts.js';

/** A system's Moodle, with accounts and a course that are known. `by`: who asks user-provisioner for them. */
export async function examineMoodleWithKnown(
  system: MoodleSystem,
  dataSource: DataSource,
  by: string,
): Promise<Finding[]> {
  const [accounts, courseId] = await Promise.all([
    knownAccounts(dataSource, system.id, by),
    knownCourse(dataSource, system.id),
  ]);
  return examineMoodleOf(system, { ...accounts, ...(courseId !== undefined && { courseId }) });
}
