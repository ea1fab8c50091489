import type { DataSource } from 'typeorm';

/** Milliseconds between two looks, when there was nothing to forget. */
const lookEvery = 3_600_000;

/** With its problems and changes; one at a time, for a file may have changed a hundred thousand persons. */
const forgetOne = `
delete from ims_gateway.files where id = (
  select id from ims_gateway.files as file
  where system = $1 and state in ('applied', 'rejected', 'discarded') and finished_at < to_timestamp($2 / 1000.0)
    and filed_as is not null and not report_due
    and not exists (
      select from ims_gateway.changes as change where change.file = file.id and change.state in ('waiting', 'underWay'))
  order by id limit 1)
returning id`;

/** Forgets what became of files long ago. What they have said stays: it is the merged state. */
export class Retention {
  private next = 0;

  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
    /** Milliseconds after a file's end. */
    private readonly keepFor: number,
    private readonly now: () => number,
  ) {}

  /** @returns whether there may be another one to forget at once */
  async step(): Promise<boolean> {
    const now = this.now();
    if (now < this.next) return false;
    const [forgotten] = (await this.dataSource.query(forgetOne, [this.system, now - this.keepFor])) as [
      unknown[],
      number,
    ];
    if (forgotten.length > 0) return true;
    this.next = now + lookEvery;
    return false;
  }
}
