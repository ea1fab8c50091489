import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Directory Students: one row per study of a person. */
@Entity('students')
export class StudentRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  /** The human: key of IndividualFullName. */
  @Column({ type: 'text' })
  individual: string;
}

/** Register StudentStatus. Two rows of one period are a fault of the data that GetStudents must see. */
@Entity('student_statuses')
export class StudentStatusRow {
  @PrimaryColumn({ type: 'text' })
  student: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @PrimaryColumn({ type: 'int' })
  line: number;

  @Column({ type: 'text' })
  status: string;

  @Column({ name: 'study_group', type: 'text', nullable: true })
  studyGroup: string | null;

  @Column({ type: 'int', nullable: true })
  semester: number | null;
}

/** Register IndividualFullName. */
@Entity('individual_full_names')
export class IndividualFullNameRow {
  @PrimaryColumn({ type: 'text' })
  individual: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @Column({ type: 'text' })
  lastname: string;

  @Column({ type: 'text' })
  firstname: string;

  @Column({ type: 'text' })
  middlename: string;
}

/** Directory StudyGroups. */
@Entity('study_groups')
export class StudyGroupRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  /** Year of enrolment. */
  @Column({ type: 'int', nullable: true })
  year: number | null;

  @Column({ type: 'text', nullable: true })
  field: string | null;

  @Column({ type: 'text', nullable: true })
  profile: string | null;

  @Column({ type: 'text', nullable: true })
  mode: string | null;

  @Column({ type: 'text', nullable: true })
  site: string | null;
}

/** Directory Curricula. */
@Entity('curricula')
@Index('curricula_fit', ['year', 'field', 'profile', 'mode', 'site'])
export class CurriculumRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'int', nullable: true })
  year: number | null;

  @Column({ type: 'text', nullable: true })
  field: string | null;

  @Column({ type: 'text', nullable: true })
  profile: string | null;

  @Column({ type: 'text', nullable: true })
  mode: string | null;

  @Column({ type: 'text', nullable: true })
  site: string | null;

  @Column({ type: 'boolean' })
  template: boolean;

  /** Development status. */
  @Column({ type: 'text' })
  status: string;

  @Column({ name: 'graduating_department', type: 'text', nullable: true })
  graduatingDepartment: string | null;

  /** Level of training. */
  @Column({ type: 'text', nullable: true })
  level: string | null;
}

/** A discipline is a reference into one of three directories. */
export const disciplineKinds = ['Discipline', 'Cycle', 'Practice'] as const;
export type DisciplineKind = (typeof disciplineKinds)[number];

@Entity('curriculum_lines')
export class CurriculumLineRow {
  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  discipline: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  /** Teaching department. */
  @PrimaryColumn({ type: 'text' })
  department: string;
}

/** Directories Disciplines, Cycles and Practices. */
@Entity('disciplines')
export class DisciplineRow {
  @PrimaryColumn({ type: 'text' })
  kind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;
}

@Entity('departments')
export class DepartmentRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;
}

/** What the mirror was last filled with. One row. */
@Entity('mirror_state')
export class MirrorState {
  @PrimaryColumn({ type: 'int' })
  one: number;

  /** SHA-256 of the snapshot. */
  @Column({ type: 'text' })
  fingerprint: string;

  /** Infobase time of the last look for changed students. */
  @Column({ name: 'compared_at', type: 'timestamp', precision: 0 })
  comparedAt: string;

  /** When the source was last looked at with success, by whatever replica. */
  @Column({ name: 'refreshed_at', type: 'timestamptz', default: () => 'now()' })
  refreshedAt: Date;
}

export const mirrorEntities = [
  StudentRow,
  StudentStatusRow,
  IndividualFullNameRow,
  StudyGroupRow,
  CurriculumRow,
  CurriculumLineRow,
  DisciplineRow,
  DepartmentRow,
  MirrorState,
];
