import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

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
