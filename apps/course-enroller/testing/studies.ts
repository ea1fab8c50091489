import type { UserProvisioned } from '#contracts';
import type { Study } from '../intake/study.js';

export const study = (of: Partial<Study> = {}): Study => ({
  code: '1',
  personKey: of.code ?? '1',
  origin: 'onec',
  active: true,
  moodleUserId: 11,
  accountCreated: false,
  group: 'G',
  curriculum: 'C',
  semester: 1,
  courses: [],
  seen: 1000,
  ...of,
});

export interface Provisioned {
  code?: string;
  individual?: string;
  state?: 'active' | 'withdrawn';
  user?: number;
  created?: boolean;
  courses?: (number | UserProvisioned['courses'][number])[];
  revision?: number;
  sequence?: number;
  group?: string;
  curriculum?: string;
  semester?: number;
}

export const provisioned = (of: Provisioned = {}, system = 'lms'): UserProvisioned => ({
  system,
  origin: 'onec',
  state: of.state ?? 'active',
  person: {
    code: of.code ?? '1',
    ...(of.individual && { individual: of.individual }),
    lastname: 'Иванова',
    firstname: 'Анна',
    middlename: 'Петровна',
    kind: 'student',
  },
  study: {
    group: of.group ?? 'ИВТ-21',
    semester: of.semester ?? 1,
    year: 2025,
    field: '09.03.01',
    profile: '-',
    mode: 'очная',
    site: 'Москва',
    curriculum: of.curriculum ?? 'C',
  },
  courses: (of.courses ?? []).map((course) => (typeof course === 'number' ? { id: course, role: 'student' } : course)),
  ...(of.sequence !== undefined && { bindingSequence: of.sequence }),
  revision: of.revision ?? 1000,
  ...(of.user !== undefined && { moodleUserId: of.user }),
  accountCreated: of.created ?? false,
});
