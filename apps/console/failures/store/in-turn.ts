import type { DataSource, EntityManager } from 'typeorm';

/**
 * One writer at a time of what the drain and the journal know together: else a letter and the outcome that closes it,
 * stored at the same moment, would not see each other.
 */
export const inTurn = <T>(dataSource: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> =>
  dataSource.transaction(async (manager) => {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('console evidence', 0))`);
    return work(manager);
  });
