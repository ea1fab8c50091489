import { In, LessThan, MoreThanOrEqual, type DataSource, type EntityManager } from 'typeorm';
import { QueueSampleRow } from '../../ledger/entities/queue-samples.js';
import { kept, rolledUntil, rollUp, type Sample } from './roll-up.js';

/** The queues of the last day: each minute of the last hour, and ten minutes at a time before. */
export class QueueHistory {
  constructor(private readonly dataSource: DataSource) {}

  /** A second look in the same minute, as after another console took over, takes nothing away. */
  async add(samples: readonly Sample[], now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await insert(manager, samples);
      const rows = manager.getRepository(QueueSampleRow);
      const old = await rows.findBy({ minutes: 1, time: LessThan(rolledUntil(now)) });
      await insert(manager, rollUp(old));
      await rows.delete({ minutes: 1, time: LessThan(rolledUntil(now)) });
      await rows.delete({ time: LessThan(new Date(now.getTime() - kept)) });
    });
  }

  /** The oldest first. */
  async of(system: string, service: string): Promise<Sample[]> {
    return this.dataSource.getRepository(QueueSampleRow).find({ where: { system, service }, order: { time: 'asc' } });
  }

  /** The newest of each service, if it is from after `since`. */
  async newest(systems: readonly string[], since: Date): Promise<Sample[]> {
    const rows = await this.dataSource.getRepository(QueueSampleRow).find({
      where: { system: In([...systems]), minutes: 1, time: MoreThanOrEqual(since) },
      order: { time: 'asc' },
    });
    return [...new Map(rows.map((row) => [`${row.service}.${row.system}`, row])).values()];
  }
}

const insert = async (manager: EntityManager, samples: readonly Sample[]): Promise<void> => {
  if (samples.length === 0) return;
  await manager
    .createQueryBuilder()
    .insert()
    .into(QueueSampleRow)
    .values([...samples])
    .orIgnore()
    .execute();
};
