import type { EventData, EventType } from '../events.js';

const student = {
  system: 'lms',
  origin: 'onec',
  state: 'active',
  person: {
    code: '000000042',
    lastname: 'Ёлкина',
    firstname: 'Анна',
    middlename: 'Сергеевна',
    kind: 'student',
  },
  study: {
    group: 'М3О-101Б-24',
    semester: 1,
    year: 2024,
    field: '01.03.02',
    profile: 'Прикладная математика и информатика',
    mode: 'Очная',
    site: 'Москва',
    curriculum: '000000321',
  },
  courses: [
    { id: 17, role: 'student' },
    { id: 23, role: 'student' },
  ],
  bindingSequence: 1_790_000_000_000,
  revision: 1_790_000_000_123,
} as const;

const { system, origin, revision } = student;
const { code } = student.person;
const counts = { accountCreated: true, enrolled: 2, updated: 0, suspended: 0, unchanged: 0 };

/** One event of each kind, on one student's way; nobody's data. */
export const examples: { [T in EventType]: EventData<T> } = {
  'itk.student.changed.v1': { ...student, courses: [...student.courses] },
  'itk.binding.changed.v1': {
    system,
    curriculum: student.study.curriculum,
    semester: 1,
    courses: [17, 23],
    sequence: student.bindingSequence,
  },
  'itk.user.provisioned.v1': { ...student, courses: [...student.courses], moodleUserId: 512, accountCreated: true },
  'itk.enrolment.due.v1': { system, code, origin, revision },
  'itk.account.missing.v1': { system, code, origin, revision },
  'itk.student.synchronized.v1': { system, origin, code, revision, counts, validUntil: 1_792_678_400 },
  'itk.synchronization.failed.v1': {
    system,
    origin,
    code,
    revision,
    stage: 'course-enroller',
    kind: 'course',
    cause: 'course-missing',
    about: '23',
    reason: { ru: 'В Moodle нет курса 23', en: 'There is no course 23 in Moodle' },
    counts: { ...counts, enrolled: 1 },
    deadLetter: '4a1f6f0e-6c35-4c2c-9d2a-0d5c4a6b7e11/course-enroller.lms',
    flaggedBy1C: false,
  },
  'itk.student.reported.v1': { system, code, revision, told: 'synchronized', validUntil: 1_792_678_400 },
};
