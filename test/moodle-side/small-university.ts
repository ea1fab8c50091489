import { uuidOf } from '../../sandbox/onec/university/random.js';
import { approvedPlan, continues, type University } from '../../sandbox/onec/university/university.js';

/** Students of one group, and so of one curriculum and semester. */
export interface StudentGroup {
  students: number;
  /** Numbers of the courses to which its disciplines are bound, in every system. */
  courses: number[];
}

export interface SmallUniversity {
  university: University;
  /** Codes of the students, by group in the order given. */
  codes: string[][];
  /** Groups and curricula bear their place as a code. */
  groups: string[];
  curricula: string[];
}

export const semester = 3;
const code = (number: number): string => String(number).padStart(9, '0');
const department = '801';

/** A university without chance: nobody is faulty, nobody on leave. A group has two more disciplines than courses. */
export function smallUniversity(groups: readonly StudentGroup[], systems: readonly string[]): SmallUniversity {
  const university: University = {
    students: [],
    statuses: [],
    names: [],
    groups: [],
    curricula: [],
    disciplines: [],
    departments: [{ code: department, name: 'Кафедра 801' }],
    toolkit: {
      systems: systems.map((name, index) => ({ code: code(index + 1), name, address: 'https://example.edu' })),
      documents: [],
    },
  };
  const most = Math.max(...groups.map(({ courses }) => courses.length)) + 2;
  for (let number = 1; number <= most; number++)
    university.disciplines.push({ kind: 'Discipline', code: code(number), name: `Дисциплина ${number}` });
  const codes = groups.map((group, place) => addGroup(university, group, place));
  return {
    university,
    codes,
    groups: groups.map((_, place) => code(place + 1)),
    curricula: groups.map((_, place) => code(place + 1)),
  };
}

function addGroup(university: University, { students, courses }: StudentGroup, place: number): string[] {
  const year = new Date().getUTCFullYear() - 1;
  const own = code(place + 1);
  const programme = { year, field: '09.03.01', profile: `Профиль ${place + 1}`, mode: 'Очная', site: 'Москва' };
  university.groups.push({ code: own, name: `М3О-${201 + place}Б`, ...programme });
  const lines = Array.from({ length: courses.length + 2 }, (_, index) => ({
    disciplineKind: 'Discipline' as const,
    discipline: code(index + 1),
    semester,
    department,
  }));
  university.curricula.push({
    code: own,
    name: `План ${place + 1}`,
    template: false,
    status: approvedPlan,
    graduatingDepartment: department,
    level: 'Бакалавриат',
    ...programme,
    lines,
  });
  for (const system of university.toolkit.systems)
    university.toolkit.documents.push({
      id: uuidOf(`${system.name} ${own}`),
      number: `ИТ${String(university.toolkit.documents.length + 1).padStart(7, '0')}`,
      date: `${year}-08-25T10:00:00`,
      author: 'Разработчик У. П.',
      lines: courses.map((courseId, index) => ({
        ...lines[index]!,
        curriculum: own,
        system: system.code,
        courseId,
        change: true,
        several: false,
      })),
    });
  return Array.from({ length: students }, () => addStudent(university, own, year));
}

const surnames = ['Ёлкина', 'Иванов', 'Кузнецова-Смирнова', 'О’Коннор', 'Чжан'];

function addStudent(university: University, group: string, year: number): string {
  const number = university.students.length + 1;
  const student = { code: code(number), individual: uuidOf(`individual ${number}`) };
  university.students.push(student);
  university.names.push({
    individual: student.individual,
    period: `${year}-08-01T00:00:00`,
    lastname: surnames[number % surnames.length]!,
    firstname: 'Имя',
    middlename: number % 3 === 0 ? '' : 'Отчество',
  });
  university.statuses.push({
    student: student.code,
    period: `${year}-09-01T00:00:00`,
    status: continues,
    group,
    semester,
  });
  return student.code;
}

/** Changes what 1C knows of one student's name, before the university is served. */
export function nameOf(university: University, student: string): University['names'][number] {
  const { individual } = university.students.find((one) => one.code === student)!;
  return university.names.find((one) => one.individual === individual)!;
}
