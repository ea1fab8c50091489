import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When the outside watch was last called. One row. */
@Entity('heartbeat')
export class HeartbeatRow {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ name: 'called_at', type: 'timestamptz' })
  calledAt: Date;
}
