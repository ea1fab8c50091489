/** English names of capabilities as `nopermissions` shows them in brackets. */
const byName: Record<string, string> = {
  'Create users': 'moodle/user:create',
  'Update user profiles': 'moodle/user:update',
  'Delete users': 'moodle/user:delete',
  'Create courses': 'moodle/course:create',
  'Enrol users': 'enrol/manual:enrol',
  'Unenrol users from the course': 'enrol/manual:unenrol',
  'Manage groups': 'moodle/course:managegroups',
  'Create, delete and move cohorts': 'moodle/cohort:manage',
  'Add and remove cohort members': 'moodle/cohort:assign',
  'View site-wide cohorts': 'moodle/cohort:view',
  'Review course enrolments': 'moodle/course:enrolreview',
  'View participants': 'moodle/course:viewparticipants',
  'Assign roles to users': 'moodle/role:assign',
};

/** Where the site speaks another language, the function tells which capability it asks for. */
const byFunction: Record<string, string> = {
  core_user_create_users: 'moodle/user:create',
  core_user_update_users: 'moodle/user:update',
  core_course_create_courses: 'moodle/course:create',
  enrol_manual_enrol_users: 'enrol/manual:enrol',
  enrol_manual_unenrol_users: 'enrol/manual:unenrol',
  core_enrol_get_enrolled_users: 'moodle/course:enrolreview',
  core_group_create_groups: 'moodle/course:managegroups',
  core_group_get_course_groups: 'moodle/course:managegroups',
  core_group_get_group_members: 'moodle/course:managegroups',
  core_group_add_group_members: 'moodle/course:managegroups',
  core_group_delete_group_members: 'moodle/course:managegroups',
  core_cohort_create_cohorts: 'moodle/cohort:manage',
  core_cohort_search_cohorts: 'moodle/cohort:view',
  core_cohort_get_cohort_members: 'moodle/cohort:view',
  core_cohort_add_cohort_members: 'moodle/cohort:assign',
  core_cohort_delete_cohort_members: 'moodle/cohort:assign',
};

export function capabilityNamed(message: string, functionName: string): string {
  const shown = /\(([^()]+)\)\.?\s*$/.exec(message)?.[1];
  return (shown && byName[shown]) ?? byFunction[functionName] ?? shown ?? functionName;
}
