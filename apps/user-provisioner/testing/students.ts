import fc from 'fast-check';
import type { StudentChanged } from '#contracts';

type Given = Partial<Omit<StudentChanged, 'person' | 'study'>> & {
  person?: Partial<StudentChanged['person']>;
  study?: Partial<NonNullable<StudentChanged['study']>>;
};

/** A student as 1C gives one, with what a test wants otherwise. */
export function student(code: string, revision: number, given: Given = {}): StudentChanged {
  const { person, study, ...rest } = given;
  return {
    system: 'lms',
    origin: 'onec',
    state: 'active',
    person: {
      code,
      lastname: `Иванов${code}`,
      firstname: 'Пётр',
      middlename: 'Сергеевич',
      kind: 'student',
      ...person,
    },
    study: {
      group: 'ИВТ-21',
      semester: 3,
      year: 2024,
      field: '09.03.01',
      profile: 'САПР',
      mode: 'очная',
      site: 'Главный',
      curriculum: '000000123',
      ...study,
    },
    courses: [{ id: 2, role: 'student' }],
    revision,
    ...rest,
  };
}

const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });

export const russianName = letters('абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ', 12);
export const anyName = fc.oneof(russianName, letters("абв -'’ё", 12), fc.string({ unit: 'grapheme', maxLength: 20 }));
