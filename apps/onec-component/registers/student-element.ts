import { createHash } from 'node:crypto';
import type { OnecStudent } from '#synchronizer';
import type { StudentFacts } from './facts.js';

/** The paper's four faults of a student's data, in the order in which GetStudents meets them. */
export type StudentFault = 'Status Error' | 'Individual Error' | 'Group Error' | 'ES Error';

const explanations: Record<StudentFault, string> = {
  'Status Error': 'в последней записи StudentStatus нет группы или семестра, или последних записей несколько',
  'Individual Error': 'нет записи ФИО в IndividualFullName',
  'Group Error': 'группа не найдена, или в ней не указаны год набора, направление, профиль, форма обучения, площадка',
  'ES Error': 'группе должен соответствовать ровно один утверждённый учебный план, не шаблон',
};

/** What GetStudents returns of a student, the courses apart. */
export type StudentContent = { fault: StudentFault } | { student: Omit<OnecStudent, 'courses' | 'bindingSequence'> };

const empty = (text: string | null): boolean => text === null || text.trim() === '';

/** The first fault that the loop of GetStudents would meet, or the student. No bindings is no fault. */
export function contentOf(facts: StudentFacts): StudentContent {
  const { study_group, semester, year } = facts;
  if (facts.status_rows !== 1 || empty(study_group) || semester === null || semester <= 0)
    return { fault: 'Status Error' };
  if (!facts.name_found || (empty(facts.lastname) && empty(facts.firstname))) return { fault: 'Individual Error' };
  const attributes = [facts.field, facts.profile, facts.mode, facts.site];
  if (!facts.group_found || year === null || year <= 0 || attributes.some(empty)) return { fault: 'Group Error' };
  const [curriculum, ...others] = facts.curricula;
  if (curriculum === undefined || others.length > 0) return { fault: 'ES Error' };
  return {
    student: {
      code: facts.code,
      lastname: facts.lastname ?? '',
      firstname: facts.firstname ?? '',
      middlename: facts.middlename ?? '',
      group: facts.group ?? '',
      semester,
      year,
      field: facts.field ?? '',
      profile: facts.profile ?? '',
      mode: facts.mode ?? '',
      site: facts.site ?? '',
      curriculum,
      individual: facts.individual,
    },
  };
}

/** The only field of a faulty student's element: the kind, the reason and the student's code. */
export const errorText = (code: string, fault: StudentFault): string =>
  `${fault}: ${explanations[fault]}. Код студента: ${code}`;

/** Equal for equal contents; kept in place of the content, so that names stand in one table only. */
export const fingerprintOf = (content: StudentContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64');
