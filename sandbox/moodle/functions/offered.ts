import type { WebServiceFunction } from '../site.js';
import { createCategories, getCategories } from './categories.js';
import {
  addCohortMembers,
  createCohorts,
  deleteCohortMembers,
  getCohortMembers,
  getCohorts,
  searchCohorts,
} from './cohorts.js';
import { createCourses, getCourses, getCoursesByField, searchCourses, updateCourses } from './courses.js';
import { enrolUsers, unenrolUsers } from './enrol.js';
import { getEnrolledUsers, getUsersCourses } from './enrolled.js';
import { addGroupMembers, createGroups, deleteGroupMembers, getCourseGroups, getGroupMembers } from './groups.js';
import { assignRoles, unassignRoles } from './roles.js';
import { siteInfo } from './site-info.js';
import { createUsers } from './users/create.js';
import { deleteUsers } from './users/delete.js';
import { getUsers, getUsersByField } from './users/read.js';
import { updateUsers } from './users/update.js';

const all: readonly WebServiceFunction[] = [
  siteInfo(() => [...offered.keys()]),
  createUsers,
  updateUsers,
  getUsersByField,
  getUsers,
  deleteUsers,
  enrolUsers,
  unenrolUsers,
  getEnrolledUsers,
  getUsersCourses,
  assignRoles,
  unassignRoles,
  getCoursesByField,
  searchCourses,
  getCourses,
  createCourses,
  updateCourses,
  getCategories,
  createCategories,
  createGroups,
  getCourseGroups,
  getGroupMembers,
  addGroupMembers,
  deleteGroupMembers,
  createCohorts,
  searchCohorts,
  getCohorts,
  getCohortMembers,
  addCohortMembers,
  deleteCohortMembers,
];

/** Functions of the service, by name. */
export const offered: ReadonlyMap<string, WebServiceFunction> = new Map(all.map((one) => [one.name, one]));

/** Functions that Moodle has and the service has not. */
export const knownElsewhere: ReadonlySet<string> = new Set([
  'core_message_send_instant_messages',
  'core_course_get_contents',
  'core_enrol_unenrol_user_enrolment',
  'core_group_get_groups',
  'core_group_delete_groups',
  'core_cohort_delete_cohorts',
  'core_cohort_update_cohorts',
  'core_course_delete_courses',
  'core_user_search_identity',
]);
