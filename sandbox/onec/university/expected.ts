import { approvedPlan, continues, type University } from './university.js';

/** What a system should come to hold of one student. */
export type Expected =
  | {
      kind: 'student';
      individual: string;
      lastname: string;
      firstname: string;
      middlename: string;
      group: string;
      semester: number;
      curriculum: string;
      /** Ascending. */
      courses: number[];
    }
  | { kind: 'fault'; fault: 'Status Error' | 'Group Error' | 'ES Error' | 'Individual Error' };

const lastOf = <T extends { period: string }>(records: T[], now: string): T[] => {
  let newest = '';
  for (const record of records) if (record.period <= now && record.period > newest) newest = record.period;
  return records.filter((record) => record.period === newest);
};

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/**
 * Straight from the paper's words, student by student: who of the university should be in the system named `els` at the
 * infobase's `now`, with which courses, and whose data are faulty. Everyone else should not be offered.
 */
export function expectedIn(university: University, els: string, now: string): Map<string, Expected> {
  const system = university.toolkit.systems.find((one) => one.name === els);
  const statuses = groupBy(university.statuses, (one) => one.student);
  const names = groupBy(university.names, (one) => one.individual);
  const expected = new Map<string, Expected>();
  const courses = coursesOf(university, system?.code ?? '');
  for (const student of university.students) {
    const last = lastOf(statuses.get(student.code) ?? [], now);
    if (!last.some((status) => status.status === continues)) continue;
    const set = (value: Expected) => expected.set(student.code, value);
    const [status] = last;
    if (!status || last.length > 1 || !status.group || !status.semester) {
      set({ kind: 'fault', fault: 'Status Error' });
      continue;
    }
    const [name] = lastOf(names.get(student.individual) ?? [], now);
    if (!name) {
      set({ kind: 'fault', fault: 'Individual Error' });
      continue;
    }
    const group = university.groups.find((one) => one.code === status.group);
    if (!group || !group.year || !group.field || !group.profile || !group.mode || !group.site) {
      set({ kind: 'fault', fault: 'Group Error' });
      continue;
    }
    const plans = university.curricula.filter(
      (plan) =>
        !plan.template &&
        plan.status === approvedPlan &&
        plan.year === group.year &&
        plan.field === group.field &&
        plan.profile === group.profile &&
        plan.mode === group.mode &&
        plan.site === group.site,
    );
    const [plan] = plans;
    if (!plan || plans.length > 1) {
      set({ kind: 'fault', fault: 'ES Error' });
      continue;
    }
    set({
      kind: 'student',
      individual: student.individual,
      lastname: name.lastname,
      firstname: name.firstname,
      middlename: name.middlename,
      group: group.name,
      semester: status.semester,
      curriculum: plan.code,
      courses: courses(plan.code, status.semester),
    });
  }
  return expected;
}

/** The newest document speaks for each discipline and department; zero means bound to nothing. */
function coursesOf(university: University, system: string): (curriculum: string, semester: number) => number[] {
  const bindings = new Map<string, Map<string, number>>();
  const inOrder = [...university.toolkit.documents].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (const document of inOrder)
    for (const line of document.lines) {
      if (!line.change || line.system !== system) continue;
      const place = `${line.semester} ${line.curriculum}`;
      const ofSemester = bindings.get(place) ?? new Map<string, number>();
      bindings.set(place, ofSemester);
      ofSemester.set(`${line.disciplineKind} ${line.discipline} ${line.department}`, line.courseId);
    }
  return (curriculum, semester) => {
    const ids = [...(bindings.get(`${semester} ${curriculum}`)?.values() ?? [])].filter((id) => id !== 0);
    return [...new Set(ids)].sort((a, b) => a - b);
  };
}
