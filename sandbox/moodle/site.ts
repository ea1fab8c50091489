import {
  invalidParameter,
  missingRecord,
  moodleError,
  noPermissions,
  requireLogin,
  MoodleError,
  writeError,
} from './protocol/errors.js';
import type { ParametersOf, Parameter } from './protocol/parameters.js';
import type { Course } from './store/courses.js';
import type { SandboxState } from './store/state.js';
import type { MoodleVersion, Switches } from './switches/switches.js';

/** How the call wants its answer. */
export interface CallOptions {
  /** moodlewssettingraw: names come back as they are stored. */
  readonly raw: boolean;
  /** `http://host:port` as the caller wrote it. */
  readonly calledBy: string;
}

export interface WebServiceFunction {
  readonly name: string;
  parameters(version: MoodleVersion): Parameter<unknown>;
  run(site: Site, given: never, call: CallOptions): unknown;
}

/** Declares a function; `parameters` may depend on the version. */
export function webServiceFunction<P extends Parameter<unknown>>(
  name: string,
  parameters: P | ((version: MoodleVersion) => P),
  run: (site: Site, given: ParametersOf<P>, call: CallOptions) => unknown,
): WebServiceFunction {
  return { name, parameters: typeof parameters === 'function' ? parameters : () => parameters, run };
}

/** Capabilities of the service account, and what Moodle calls them. */
export const capabilityNames: Readonly<Record<string, string>> = {
  'webservice/rest:use': 'Use REST protocol',
  'moodle/user:create': 'Create users',
  'moodle/user:update': 'Update user profiles',
  'moodle/user:delete': 'Delete users',
  'moodle/user:viewdetails': 'View user profiles',
  'moodle/user:viewalldetails': 'View user full information',
  'moodle/site:viewuseridentity': 'See full user identity in lists',
  'moodle/site:viewfullnames': 'Always see full names of users',
  'moodle/site:accessallgroups': 'Access all groups',
  'moodle/course:view': 'View courses without participation',
  'moodle/course:viewhiddencourses': 'View hidden courses',
  'moodle/course:viewparticipants': 'View participants',
  'moodle/course:create': 'Create courses',
  'moodle/course:update': 'Update course settings',
  'moodle/course:visibility': 'Hide/show courses',
  'moodle/course:enrolreview': 'Review course enrolments',
  'moodle/course:managegroups': 'Manage groups',
  'moodle/category:manage': 'Manage categories',
  'moodle/role:assign': 'Assign roles to users',
  'moodle/cohort:manage': 'Create, delete and move cohorts',
  'enrol/manual:enrol': 'Enrol users',
  'enrol/manual:unenrol': 'Unenrol users from the course',
};

/** The site as a function sees it: what it holds, how it is set, what the account may do. */
export class Site {
  constructor(
    readonly state: SandboxState,
    readonly switches: Switches,
  ) {}

  get now(): number {
    return Math.floor(Date.now() / 1000);
  }

  can(capability: string): boolean {
    return !this.switches.capabilitiesMissing.includes(capability);
  }

  require(capability: string): void {
    if (!this.can(capability)) throw noPermissions(capabilityNames[capability] ?? capability);
  }

  seesCourse(course: Course): boolean {
    return this.can('moodle/course:view') && (course.visible || this.can('moodle/course:viewhiddencourses'));
  }

  /** The course for a write in it, refused as validate_context refuses. */
  enterCourse(courseid: number): Course {
    const course = this.state.courses.get(courseid);
    if (!course) throw invalidParameter('Context does not exist');
    if (!this.seesCourse(course)) throw requireLogin();
    return course;
  }

  /** The same, in the wrapping of the functions that catch it. */
  enterCourseWrapped(courseid: number): Course {
    try {
      return this.enterCourse(courseid);
    } catch (error) {
      if (!(error instanceof MoodleError)) throw error;
      throw moodleError(
        'errorcoursecontextnotvalid',
        `You cannot execute functions in the course context (course id:${courseid}). The context error message was: ${error.message}`,
      );
    }
  }

  courseOrMissing(courseid: number): Course {
    const course = this.state.courses.get(courseid);
    if (!course) throw missingRecord('course');
    return course;
  }

  /** What the database does not hold fails the write. */
  mustHold(record: object): void {
    if (this.switches.threeByteDatabase && /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(record)))
      throw writeError("Incorrect string value: '\\xF0\\x9F\\x98\\x80' for column");
  }

  /** Names as Moodle prints them: escaped unless the raw setting is on. */
  print(name: string, call: CallOptions): string {
    return call.raw ? name : name.replace(/&(?!#?[a-z0-9]+;)/gi, '&amp;');
  }
}
