import type { ru } from '../../ru/index.js';
import type { English } from '../../texts.js';

export const students: English<typeof ru.desk.students> = {
  title: 'Students in 1C',
  answer: 'Students of 1C, read only. Each shows which courses they have now, and what 1C has found wrong.',
  text: 'Code, last, first or middle name',
  group: 'Group',
  ofGroup: 'Group {{name}} only',
  everyGroup: 'Show all groups',
  continues: 'Studies',
  continuing: { yes: 'continues education', no: 'does not continue' },
  name: 'Name',
  code: 'Code',
  semester: 'Semester',
  noName: 'no name given',
  noGroup: 'no group',
  notContinuing: 'Does not continue education: 1C does not offer them.',
  fault: 'No courses: {{kind}}.',
  courses_one: 'They have {{count}} course now.',
  courses_other: 'They have {{count}} courses now.',
  courses_zero: 'No discipline of their semester is bound to a course yet.',
  story: 'What stands in Moodle',
  list: 'Students of the group',
};
