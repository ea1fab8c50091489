/** 1C:University as the sandbox holds it. Dates are the infobase's: `2024-09-01T00:00:00`, no zone. */
export interface University {
  students: { code: string; individual: string }[];
  statuses: { student: string; period: string; status: string; group: string | null; semester: number | null }[];
  names: { individual: string; period: string; lastname: string; firstname: string; middlename: string }[];
  groups: ({ code: string; name: string } & Programme)[];
  curricula: Curriculum[];
  disciplines: { kind: DisciplineKind; code: string; name: string }[];
  departments: { code: string; name: string }[];
  toolkit: { systems: { code: string; name: string; address: string }[]; documents: BindingDocument[] };
}

export type DisciplineKind = 'Discipline' | 'Cycle' | 'Practice';

/** What a group and its curriculum have in common. */
export interface Programme {
  year: number | null;
  field: string | null;
  profile: string | null;
  mode: string | null;
  site: string | null;
}

export interface Curriculum extends Programme {
  code: string;
  name: string;
  template: boolean;
  status: string;
  graduatingDepartment: string | null;
  level: string | null;
  lines: { disciplineKind: DisciplineKind; discipline: string; semester: number; department: string }[];
}

export interface BindingDocument {
  id: string;
  number: string;
  date: string;
  author: string;
  lines: {
    curriculum: string;
    department: string;
    disciplineKind: DisciplineKind;
    discipline: string;
    semester: number;
    /** Code of the system in the ELS directory. */
    system: string;
    courseId: number;
    change: boolean;
    several: boolean;
  }[];
}

export const continues = 'Continues Education';
export const approvedPlan = 'Approved';
