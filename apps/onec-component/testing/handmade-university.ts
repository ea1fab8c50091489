import { emptyUniversity, type Registers } from './registers.js';
import type { Snapshot } from '../mirror/snapshot.js';

/** Moscow is three hours ahead of UTC: the infobase's now is 2025-10-15T15:00:00. */
export const now = Date.parse('2025-10-15T12:00:00Z');
export const inMoscow = '2025-10-15T15:00:00';
export const programme = {
  year: 2024,
  field: '01.03.02',
  profile: 'Прикладная математика',
  mode: 'Очная',
  site: 'Москва',
};

export const group = (code: string, more: object = {}) => ({ code, name: `Группа ${code}`, ...programme, ...more });
export const curriculum = (code: string, more: object = {}) => ({
  ...{ code, name: code, ...programme, template: false, status: 'Approved', graduatingDepartment: null, level: null },
  lines: [],
  ...more,
});
export const line = (discipline: string, courseId: number, more: object = {}) => ({
  ...{ curriculum: 'план', department: '801', disciplineKind: 'Discipline' as const, discipline, semester: 3 },
  ...{ system: '1', courseId, change: true, several: false },
  ...more,
});

export type Status = Partial<Snapshot['statuses'][number]>;
export type Element = {
  code?: string;
  error?: string;
  courses?: number[];
  lastname?: string;
  group?: string;
  curriculum?: string;
};

/** A university made by hand, and what the Synchronizer makes of it. Each student is one case of the paper. */
export function handmadeUniversity(registers: () => Registers) {
  let made = emptyUniversity();
  let documents = 0;
  const page = async (limit = 100, els = 'LMS'): Promise<Element[]> =>
    JSON.parse(await registers().synchronizer.getStudents(els, limit)) as Element[];
  return {
    get made() {
      return made;
    },
    /** Empty but for two systems, one group and one curriculum. */
    begin: async (): Promise<void> => {
      await registers().empty();
      registers().time.now = now;
      made = emptyUniversity();
      made.toolkit.systems.push({ code: '1', name: 'LMS', address: '' }, { code: '2', name: 'СДО', address: '' });
      made.groups.push(group('г1'));
      made.curricula.push(curriculum('план'));
    },
    student: (code: string, statuses: Status[] = [{}], names: object[] = [{}]): void => {
      made.students.push({ code, individual: `и-${code}` });
      for (const status of statuses)
        made.statuses.push({
          ...{ student: code, period: '2025-09-01T00:00:00', status: 'Continues Education', group: 'г1', semester: 3 },
          ...status,
        });
      for (const name of names)
        made.names.push({
          ...{ individual: `и-${code}`, period: '2024-08-01T00:00:00' },
          ...{ lastname: 'Щёголева', firstname: 'Анна-Мария', middlename: 'Павловна' },
          ...name,
        });
    },
    document: (date: string, ...lines: ReturnType<typeof line>[]): void => {
      documents++;
      made.toolkit.documents.push({
        id: `00000000-0000-4000-8000-${String(documents).padStart(12, '0')}`,
        number: String(documents),
        date,
        author: 'Иванов И. И.',
        lines,
      });
    },
    fill: async (): Promise<void> => {
      registers().university.snapshot = made;
      await registers().mirror.refresh();
    },
    page,
    codes: async (limit = 100, els = 'LMS') => (await page(limit, els)).map((one) => one.code ?? one.error ?? ''),
    rows: () =>
      registers().dataSource.query(
        `select system, student, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, error
           from onec_component.synchronization order by 1, 2, 3`,
      ),
  };
}
