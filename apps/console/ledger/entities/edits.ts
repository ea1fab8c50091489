import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A dead message that a person has edited: sent as a new event, under a revision of its own. */
@Entity('edits')
@Index('edits_of_failure', ['failure'])
@Index('edits_of_subject', ['system', 'subject', 'revision'])
export class EditRow {
  /** Of the new event. */
  @PrimaryColumn({ name: 'event_id', type: 'text' })
  eventId: string;

  /** The failure whose message was edited. */
  @Column({ type: 'text' })
  failure: string;

  /** The replay that sends it. */
  @Column({ type: 'uuid' })
  replay: string;

  @Column({ type: 'text' })
  system: string;

  @Column({ type: 'text' })
  subject: string;

  /** The new event's. */
  @Column({ type: 'bigint' })
  revision: string;

  @Column({ type: 'text' })
  by: string;

  @Column({ type: 'timestamptz' })
  time: Date;

  /** Paths of what was changed, never what stands there. */
  @Column({ type: 'jsonb' })
  fields: string[];

  /** The new event. Holds names: goes with the failure. */
  @Column({ type: 'bytea' })
  body: Buffer;
}
