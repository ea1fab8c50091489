import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';
import type { DisciplineKind } from './mirror.js';

/** ELS directory: a system is one Moodle; its name is what calls name. */
@Entity('systems')
@Index('systems_name', ['name'], { unique: true })
export class ElsRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  address: string;
}

/**
 * Register Synchronization: independent, within a second. The period is until when the student is hidden, in the
 * infobase's time. Columns refer to systems by code.
 */
@Entity('synchronization')
@Index('synchronization_period', ['system', 'period'])
export class SynchronizationRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  student: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @Column({ type: 'boolean' })
  error: boolean;
}

/** Document AcademicCourseBinding. */
@Entity('binding_documents')
@Index('binding_documents_number', ['number'], { unique: true })
export class BindingDocumentRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  number: string;

  @Column({ type: 'timestamp', precision: 0 })
  date: string;

  @Column({ type: 'boolean' })
  posted: boolean;

  /** Surname and initials of the curriculum developer who posted it. */
  @Column({ type: 'text' })
  author: string;
}

/** A row of the document's tabular part. */
@Entity('binding_document_lines')
export class BindingDocumentLineRow {
  @PrimaryColumn({ type: 'uuid' })
  document: string;

  @PrimaryColumn({ type: 'int' })
  line: number;

  @Column({ type: 'text' })
  curriculum: string;

  @Column({ type: 'text' })
  department: string;

  @Column({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @Column({ type: 'text' })
  discipline: string;

  @Column({ type: 'int' })
  semester: number;

  @Column({ type: 'text' })
  system: string;

  @Column({ name: 'course_id', type: 'int' })
  courseId: number;

  /** Only these rows become records of the register. */
  @Column({ type: 'boolean' })
  change: boolean;

  @Column({ type: 'boolean' })
  several: boolean;
}

/** Register AcademicCourseBinding: subordinate to its recorder, within a second. Key: dimensions and period. */
@Entity('academic_course_bindings')
@Index('academic_course_bindings_recorder', ['recorder'])
@Check('academic_course_bindings_course', 'course_id >= 0')
export class AcademicCourseBindingRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  @PrimaryColumn({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  discipline: string;

  /** Teaching department. */
  @PrimaryColumn({ type: 'text' })
  department: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  /** 0: an empty binding. */
  @Column({ name: 'course_id', type: 'int' })
  courseId: number;

  @Column({ type: 'uuid' })
  recorder: string;

  @Column({ type: 'int' })
  line: number;
}

/** The last change of the set of courses of one system, curriculum and semester. */
@Entity('binding_changes')
@Index('binding_changes_sequence', ['system', 'sequence'])
export class BindingChangeRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  @Column({ type: 'bigint', transformer: bigint })
  sequence: number;
}

/** One row: the last number given. Its row lock, held to commit, makes the order of numbers the order of commits. */
@Entity('binding_sequence')
export class BindingSequenceRow {
  @PrimaryColumn({ type: 'int' })
  one: number;

  @Column({ type: 'bigint', transformer: bigint })
  last: number;
}

/** Fingerprint of what GetStudents last returned of a student, the courses apart. */
@Entity('offered')
export class OfferedRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  student: string;

  @Column({ type: 'text' })
  fingerprint: string;

  /** Returned, and no flag has come since. */
  @Column({ type: 'boolean', default: false })
  awaited: boolean;

  /** Something else was returned before it while a flag was awaited: the next flag may speak of either. */
  @Column({ type: 'boolean', default: false })
  doubtful: boolean;
}

/** The last fault that GetStudents has found with a student, until the student is offered again. */
@Entity('faults')
@Index('faults_sequence', ['system', 'sequence'])
export class FaultRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  student: string;

  @Column({ type: 'bigint', transformer: bigint })
  sequence: number;

  @Column({ type: 'text' })
  text: string;
}

/** The last number given to a fault of the system. */
@Entity('fault_sequences')
export class FaultSequenceRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @Column({ type: 'bigint', transformer: bigint })
  last: number;
}

/** Who may call the web service. */
@Entity('accounts')
export class AccountRow {
  @PrimaryColumn({ name: 'user_name', type: 'text' })
  user: string;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @Column({ type: 'text', array: true })
  roles: string[];

  /** Stands in the configuration, and goes when it no longer does. */
  @Column({ type: 'boolean', default: false })
  configured: boolean;
}

export const toolkitEntities = [
  ElsRow,
  SynchronizationRow,
  BindingDocumentRow,
  BindingDocumentLineRow,
  AcademicCourseBindingRow,
  BindingChangeRow,
  BindingSequenceRow,
  OfferedRow,
  FaultRow,
  FaultSequenceRow,
  AccountRow,
];
