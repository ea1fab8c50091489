import { capabilityNamed } from './capability.js';

const call = 'core_user_create_users';

test.each([
  ['its English name tells', 'Sorry, … (Update user profiles).', call, 'moodle/user:update'],
  ['without a full stop', 'Sorry, … (Enrol users)', call, 'enrol/manual:enrol'],
  ['with blanks after it', 'Sorry, … (Assign roles to users).  \n', call, 'moodle/role:assign'],
  ['the last brackets count', 'Sorry (Enrol users), (Create courses)', call, 'moodle/course:create'],
  ['in another language the function tells', 'Нет прав (Создавать пользователей).', call, 'moodle/user:create'],
  ['brackets in the midst tell nothing', '(Enrol users) is missing', call, 'moodle/user:create'],
  ['nothing in the brackets', 'Нет прав ().', call, 'moodle/user:create'],
  ['a function that is not known', 'Нет прав (Удалять пользователей).', 'core_x', 'Удалять пользователей'],
  ['and no brackets', 'Нет прав', 'core_x', 'core_x'],
])('%s', (_, message, name, capability) => {
  expect(capabilityNamed(message, name)).toBe(capability);
});

test('every function that needs a capability has one', () => {
  const of = (name: string) => capabilityNamed('Нет прав.', name);
  expect(of('core_cohort_add_cohort_members')).toBe('moodle/cohort:assign');
  expect(of('core_course_create_courses')).toBe('moodle/course:create');
  expect(of('enrol_manual_unenrol_users')).toBe('enrol/manual:unenrol');
});
