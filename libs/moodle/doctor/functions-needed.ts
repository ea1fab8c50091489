import type { Circumstances } from './circumstances.js';

const always = [
  'core_webservice_get_site_info',
  'core_user_create_users',
  'core_user_update_users',
  'core_user_get_users_by_field',
  'core_user_get_users',
  'enrol_manual_enrol_users',
  'core_enrol_get_enrolled_users',
  'core_enrol_get_users_courses',
  'core_course_get_courses_by_field',
  'core_role_unassign_roles',
];

const forGrouping: Record<Circumstances['grouping'], string[]> = {
  none: [],
  group: [
    'core_group_create_groups',
    'core_group_get_course_groups',
    'core_group_get_group_members',
    'core_group_add_group_members',
    'core_group_delete_group_members',
  ],
  cohort: [
    'core_cohort_search_cohorts',
    'core_cohort_create_cohorts',
    'core_cohort_get_cohort_members',
    'core_cohort_add_cohort_members',
    'core_cohort_delete_cohort_members',
  ],
};

/** Without it the binding desk reads the list of all courses, and finds in that. */
export const forSearch = 'core_course_search_courses';

/** Functions the external service must hold for a system that groups its students this way, and may make courses. */
export const functionsNeeded = ({
  grouping,
  newCourseCategory,
}: Pick<Circumstances, 'grouping' | 'newCourseCategory'>): string[] => [
  ...always,
  ...forGrouping[grouping],
  ...(newCourseCategory === undefined ? [] : ['core_course_create_courses']),
];
