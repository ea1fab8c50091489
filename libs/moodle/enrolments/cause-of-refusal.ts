import type { Failure } from '#contracts';
import { isGone } from '../accounts/look-up.js';
import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { courseById } from '../courses/courses.js';
import { accountMissing, accountUnconfirmed } from '../failures/of-accounts.js';
import { courseMissing, courseNotAccessible, noManualEnrolment } from '../failures/of-courses.js';
import { capabilityMissing, refused } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';

/** `codingerror` is how 4.1 answers for a user who is not there, an unnamed record how 5.1 does. */
const ofStudents = new Set(['invaliduser', 'userdeleted', 'usernotconfirmed', 'codingerror', 'invalidrecordunknown']);

/** Whom the refusal of an enrolment call is about. */
export const blames = (error: MoodleRefusal | MoodleMisconfigured): 'student' | 'course' =>
  error instanceof MoodleRefusal && ofStudents.has(error.errorcode) ? 'student' : 'course';

/**
 * What is wrong with the course; undefined where nothing can be seen. Throws MoodleMisconfigured when the course is
 * open for everybody to see and yet closed to the service account: that is its missing capability.
 */
export async function explainCourse(caller: Caller, id: number, error: MoodleRefusal): Promise<Failure | undefined> {
  if (error.errorcode === 'wsnoinstance') return noManualEnrolment(id);
  const course = await courseById(caller, id);
  if (['requireloginerror', 'errorcoursecontextnotvalid'].includes(error.errorcode)) {
    if (course?.visible) throw new MoodleMisconfigured(capabilityMissing('moodle/course:view'));
    return courseNotAccessible(id);
  }
  if (!course) return courseMissing(id);
  return course.enrolmentMethods && !course.enrolmentMethods.includes('manual') ? noManualEnrolment(id) : undefined;
}

export async function explainStudent(
  caller: Caller,
  userId: number,
  error: MoodleRefusal | MoodleMisconfigured,
): Promise<Failure> {
  if (!(error instanceof MoodleRefusal)) return error.failure;
  if (error.errorcode === 'usernotconfirmed') return accountUnconfirmed(userId);
  if (error.errorcode === 'invaliduser' || error.errorcode === 'userdeleted') return accountMissing(userId);
  return (await isGone(caller, userId)) ? accountMissing(userId) : refused(error.errorcode);
}
