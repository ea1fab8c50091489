import { both } from '#contracts';
import type { SettingTrouble } from '#platform';

/**
 * A migration that an older program cannot bear has a name that begins so, as `BreakingDropStage1790000900000`. All
 * others only add: while services are updated one by one, the old ones go on, and start again, on the new tables.
 */
const breaking = /^Breaking[A-Z]/;

export interface Comparison {
  /** To be run, in order. */
  pending: string[];
  /** Run by a newer program, and this one cannot work with what they did. */
  newer: string[];
}

/** @param known this program's migrations, @param run those that the database has seen. */
export function compareMigrations(known: readonly string[], run: readonly string[]): Comparison {
  return {
    pending: known.filter((name) => !run.includes(name)),
    newer: run.filter((name) => !known.includes(name) && breaking.test(name)),
  };
}

export const newerDatabase = (schema: string, newer: readonly string[]): SettingTrouble => ({
  cause: 'database-newer',
  reason: both(
    `База новее программы: в схеме ${schema} выполнено ${newer.join(', ')}, с этим старая версия работать не может`,
    `The database is newer than the program: ${newer.join(', ')} ran in schema ${schema}, and an older version cannot work with it`,
  ),
  cure: both(
    'Запустите ту версию, которая обновила базу, или верните базу из копии, сделанной до обновления',
    'Run the version that updated the database, or restore the copy that was made before the update',
  ),
});
