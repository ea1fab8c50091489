import type { UserProvisioned } from '#contracts';
import type { Study } from '../intake/study.js';

export const study = (given: Partial<Study> = {}): Study => ({
  code: '1',
  personKey: given.code ?? '1',
  origin: 'onec',
  active: true,
  moodleUserId: 11,
  accountCreated: false,
  group: 'G',
  curriculum: 'C',
  semester: 1,
  courses: [],
  seen: 1000,
  ...given,
});

export interface Provisioned {
  code?: string;
  individual?: string;
  origin?: UserProvisioned['origin'];
  state?: 'active' | 'withdrawn';
  user?: number;
  created?: boolean;
  courses?: (number | UserProvisioned['courses'][number])[];
  revision?: number;
  sequence?: number;
  group?: string;
  curriculum?: string;
  semester?: number;
  account?: UserProvisioned['account'];
}

export const provisioned = (given: Provisioned = {}, system = 'lms'): UserProvisioned => ({
  system,
  origin: given.origin ?? 'onec',
  state: given.state ?? 'active',
  person: {
    code: given.code ?? '1',
    ...(given.individual && { individual: given.individual }),
    lastname: 'Иванова',
    firstname: 'Анна',
    middlename: 'Петровна',
    kind: 'student',
  },
  study: {
    group: given.group ?? 'ИВТ-21',
    semester: given.semester ?? 1,
    year: 2025,
    field: '09.03.01',
    profile: '-',
    mode: 'очная',
    site: 'Москва',
    curriculum: given.curriculum ?? 'C',
  },
  courses: (given.courses ?? []).map((course) =>
    typeof course === 'number' ? { id: course, role: 'student' } : course,
  ),
  ...(given.sequence !== undefined && { bindingSequence: given.sequence }),
  revision: given.revision ?? 1000,
  ...(given.user !== undefined && { moodleUserId: given.user }),
  accountCreated: given.created ?? false,
  ...(given.account && { account: given.account }),
});
