import { generateUniversity } from '../../sandbox/onec/university/generate.js';
import { uuidOf } from '../../sandbox/onec/university/random.js';
import { approvedPlan, continues, type Curriculum, type University } from '../../sandbox/onec/university/university.js';

export const els = 'LMS';
export const coursesEach = 8;
/** Courses of the Moodle, numbered from 2: number 1 is the front page. */
export const courses = 200;
const semesters = 8;

/** A university whose students all continue and have exactly eight courses each, the same in every system. */
export function benchUniversity(students: number, systems: readonly string[] = [els]): University {
  const university = generateUniversity({
    students,
    seed: 1,
    systems: [...systems],
    courses: 0, // bound below
    faulty: 0,
    today: new Date(),
  });
  for (const status of university.statuses) status.status = continues;
  const plans = university.curricula.filter((plan) => !plan.template && plan.status === approvedPlan);
  for (const [index, plan] of plans.entries()) {
    plan.lines = linesOf(university, plan);
    for (const { code } of university.toolkit.systems) university.toolkit.documents.push(documentOf(code, plan, index));
  }
  return university;
}

const line = (semester: number, place: number): number => (semester - 1) * coursesEach + place;

function linesOf({ disciplines }: University, plan: Curriculum): Curriculum['lines'] {
  const subjects = disciplines.filter(({ kind }) => kind === 'Discipline');
  const lines: Curriculum['lines'] = [];
  for (let semester = 1; semester <= semesters; semester++)
    for (let place = 0; place < coursesEach; place++)
      lines.push({
        disciplineKind: 'Discipline',
        discipline: subjects[line(semester, place) % subjects.length]!.code,
        semester,
        department: plan.lines[0]!.department,
      });
  return lines;
}

/** Eight different courses to each semester of a curriculum; curricula overlap in them as in life. */
function documentOf(system: string, plan: Curriculum, index: number): University['toolkit']['documents'][number] {
  return {
    id: uuidOf(`bench ${system} ${plan.code}`),
    number: `ИТ${system}${String(index + 1).padStart(5, '0')}`,
    date: `${plan.year}-08-25T10:00:00`,
    author: 'Разработчиков У. П.',
    lines: plan.lines.map((one, place) => ({
      ...one,
      curriculum: plan.code,
      system,
      courseId: 2 + ((index * 13 + place) % courses),
      change: true,
      several: false,
    })),
  };
}
