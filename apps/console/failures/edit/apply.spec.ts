import { both, eventTypes, makeEvent, type StudentChanged } from '#contracts';
import { studentChanged, userProvisioned } from '../../testing/console-setup.js';
import { applyEdits, type Edit } from './apply.js';
import { editablePath, readEditable, type Editable } from './fields.js';

const roles = ['student', 'teacher'];
const student = (more: object = {}): StudentChanged => ({ ...studentChanged('lms', '000010203', 50), ...more });
const bodyOf = (event: object): Buffer => Buffer.from(JSON.stringify(event));
const letter = (data: object, type: string = eventTypes.StudentChanged): Buffer =>
  bodyOf({ ...makeEvent(eventTypes.StudentChanged, student(), { service: 'onec-poller' }), type, data });
const editable = (body: Buffer): Editable => {
  const read = readEditable(body, 'lms', roles);
  if (!('fields' in read)) throw new Error(read.en);
  return read;
};
const why = (body: Buffer): string => (readEditable(body, 'lms', roles) as { en: string }).en;
const now = 1_800_000_000_000;
const apply = (body: Buffer, ...edits: Edit[]) => applyEdits(editable(body), edits, now);

test('names, group, courses and their dates may be edited, and nothing else', () => {
  const { fields } = editable(letter(student()));
  expect(fields.map(({ path }) => path)).toEqual([
    ...['person.lastname', 'person.firstname', 'person.middlename', 'study.group'],
    ...['courses.0.id', 'courses.0.role', 'courses.0.begin', 'courses.0.end', 'courses.0.group'],
  ]);
  expect(fields.every(({ path }) => editablePath.test(path))).toBe(true);
  for (const path of ['system', 'person.code', 'person.kind', 'origin', 'revision', 'state', 'courses.1.id'])
    expect(apply(letter(student()), { path, value: 'x' }).issues).toMatchObject([{ path }]);
});

test('what Moodle said of the account is left to user-provisioner: it has the message first', () => {
  const { data } = editable(bodyOf(userProvisioned('lms', '000010203', 50)));
  expect(data).toEqual(student());
});

test('the difference is what differs, tidied', () => {
  const { data, changes, issues } = apply(
    letter(student()),
    { path: 'person.lastname', value: ' Ёлки\u200Bна-Сосна ' },
    { path: 'person.firstname', value: 'Анна' },
    { path: 'courses.0.id', value: 18 },
    { path: 'courses.0.end', value: 1_900_000_000 },
  );
  expect(issues).toEqual([]);
  expect(changes).toEqual([
    { path: 'person.lastname', before: 'Ёлкина', after: 'Ёлкина-Сосна' },
    { path: 'courses.0.id', before: 17, after: 18 },
    { path: 'courses.0.end', before: null, after: 1_900_000_000 },
  ]);
  expect(data).toEqual(
    student({
      person: { ...student().person, lastname: 'Ёлкина-Сосна' },
      courses: [{ id: 18, role: 'student', end: 1_900_000_000 }],
    }),
  );
});

test('what breaks the schema, or makes no sense, is told where it stands', () => {
  const issues = (...edits: Edit[]) => apply(letter(student()), ...edits).issues.map(({ path }) => path);
  expect(issues({ path: 'courses.0.id', value: -1 })).toEqual(['courses.0.id']);
  expect(issues({ path: 'courses.0.id', value: 'seventeen' })).toEqual(['courses.0.id']);
  expect(issues({ path: 'courses.0.id', value: null })).toEqual(['courses.0.id', 'courses']);
  expect(issues({ path: 'courses.0.begin', value: 1.5 })).toEqual(['courses.0.begin']);
  // in words of people, not of the schema
  expect(apply(letter(student()), { path: 'courses.0.id', value: 0 }).issues).toMatchObject([
    { message: both('Нужно целое число больше нуля', 'It takes a whole number above zero') },
  ]);
  expect(issues({ path: 'courses.0.begin', value: 20 }, { path: 'courses.0.end', value: 10 })).toEqual([
    'courses.0.end',
  ]);
  expect(issues({ path: 'person.lastname', value: ' \u200B' }, { path: 'person.firstname', value: '-' })).toEqual([]);
  expect(issues({ path: 'person.lastname', value: '' })).toEqual(['person.lastname']);
  expect(apply(letter(student()), { path: 'person.lastname', value: 5 }).issues).toMatchObject([
    {
      path: 'person.lastname',
      message: { ru: expect.stringMatching(/Неверный ввод/), en: expect.stringMatching(/string/) },
    },
  ]);
});

test('a role is one of those that may be set', () => {
  expect(editable(letter(student())).fields.find(({ type }) => type === 'role')!.choices).toEqual(roles);
  expect(apply(letter(student()), { path: 'courses.0.role', value: 'teacher' }).issues).toEqual([]);
  expect(apply(letter(student()), { path: 'courses.0.role', value: 'manager' }).issues).toMatchObject([
    { path: 'courses.0.role', message: both(expect.any(String), expect.stringContaining('editRoles')) },
  ]);
});

test('an edit of courses counts more than bindings that changed before it, and less than those that change after', () => {
  const read = letter(student({ bindingSequence: 7 }));
  expect(apply(read, { path: 'courses.0.id', value: 18 }).data.bindingSequence).toBe(now);
  expect(apply(read, { path: 'person.lastname', value: 'Сосна' }).data.bindingSequence).toBe(7);
  expect(apply(letter(student()), { path: 'courses.0.id', value: 18 }).data).not.toHaveProperty('bindingSequence');
});

test('a message that breaks its format where it may be edited is mended there', () => {
  const broken = letter(
    student({
      person: { ...student().person, lastname: 5 },
      courses: [{ role: 'student' }, { id: 1, idnumber: 'a', role: 'student' }],
    }),
  );
  const { fields } = editable(broken);
  expect(fields.find(({ path }) => path === 'person.lastname')!.value).toBe(5);
  expect(apply(broken, { path: 'person.lastname', value: 'Сосна' }).issues).toMatchObject([{ path: 'courses' }]);
  const mended = apply(
    broken,
    { path: 'person.lastname', value: 'Сосна' },
    { path: 'courses.0.idnumber', value: 'math' },
    { path: 'courses.1.idnumber', value: null },
  );
  expect(mended.issues).toEqual([]);
  expect(mended.data.courses).toEqual([
    { idnumber: 'math', role: 'student' },
    { id: 1, role: 'student' },
  ]);
});

test('what cannot be edited says why', () => {
  expect(why(Buffer.from('not JSON'))).toMatch(/reads as no event/);
  expect(why(bodyOf([]))).toMatch(/reads as no event/);
  expect(why(letter(student(), 'itk.never.heard.v9'))).toMatch(/only names/);
  expect(why(letter({}, eventTypes.EnrolmentDue))).toMatch(/only names/);
  expect(why(letter({}, eventTypes.BindingChanged))).toMatch(/binding desk/);
  expect(why(letter(student({ system: 'lms2' })))).toMatch(/data\.system/);
  expect(why(letter(student({ revision: 'x', person: { ...student().person, code: 'a,b' } })))).toMatch(
    /data\.person\.code, data\.revision/,
  );
  expect(why(letter(student({ courses: 'none' })))).toMatch(/data\.courses/);
  expect(why(letter(student({ person: null })))).toMatch(/data\.person/);
  expect(why(letter(student({ courses: [null] })))).toMatch(/data\.courses\.0/);
});
