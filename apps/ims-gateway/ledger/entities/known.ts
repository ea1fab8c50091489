import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { GroupData, MembershipData, PersonData } from '../../intake/staged.js';

/** A course, as files have named it so far. */
@Entity('groups')
export class GroupRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'jsonb' })
  data: GroupData;
}

/** A person, as files have told of them so far. */
@Entity('persons')
export class PersonRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'jsonb' })
  data: PersonData;

  @Column({ type: 'boolean' })
  gone: boolean;
}

/** A role in a course that holds. */
@Entity('memberships')
@Index('memberships_of_person', ['system', 'person'])
export class MembershipRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  course: string;

  @PrimaryColumn({ type: 'text' })
  person: string;

  @PrimaryColumn({ type: 'text' })
  role: string;

  @Column({ type: 'jsonb' })
  data: MembershipData;
}
