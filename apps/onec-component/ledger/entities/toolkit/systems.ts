import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

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
