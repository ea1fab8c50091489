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

/** SQLSTATE classes 22 (data exception), 23 (a constraint) and 54 (limits of the server): the data's own fault. */
export const isOfTheData = (error: unknown): boolean => {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return /^(22|23|54)/.test(driverError?.code ?? code ?? '');
};
