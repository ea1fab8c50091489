import { both, type Failure } from '#contracts';
import { MoodleRefusal, MoodleTemporary } from '../errors.js';
import { databaseConflict } from './of-the-site.js';

/** The site's database refused the write, twice: a deadlock mostly, or a record that it cannot hold. */
export const isConflict = (error: unknown): error is MoodleTemporary =>
  error instanceof MoodleTemporary && error.failure.cause === 'database-conflict';

/** So many records refused alone, and none that went through: it is the database itself, not the records. */
const aloneAtMost = 3;

/** For bisecting: a refusal by the database is some record's fault until it proves to refuse everything. */
export function byRecord<T, R>(attempt: (some: readonly T[]) => Promise<readonly R[]>) {
  let through = 0;
  let alone = 0;
  return {
    attempt: async (some: readonly T[]): Promise<readonly R[]> => {
      try {
        const results = await attempt(some);
        through += some.length;
        return results;
      } catch (error) {
        if (some.length === 1 && isConflict(error)) alone++;
        throw error;
      }
    },
    isDivisible: (error: unknown): boolean =>
      error instanceof MoodleRefusal || (isConflict(error) && (through > 0 || alone < aloneAtMost)),
  };
}

/** Emoji, rare ideographs: four bytes a letter, which MySQL's utf8mb3 does not hold. */
const fourBytes = /[\u{10000}-\u{10ffff}]/u;

/** What the refusal of a single record by the database means. */
export function refusedByDatabase(record: object, kind: 'student' | 'unexplained'): Failure {
  const [field] = Object.entries(record).find(([, value]) => fourBytes.test(JSON.stringify(value) ?? '')) ?? [];
  return field === undefined ? databaseConflict() : unstorableInMoodle(field, kind);
}

const unstorableInMoodle = (field: string, kind: 'student' | 'unexplained'): Failure => ({
  kind,
  cause: 'text-unstorable-in-moodle',
  about: field,
  reason: both(
    `База данных Moodle не хранит знаков из четырёх байтов (эмодзи и подобных): поле ${field}`,
    `The database of Moodle holds no letters of four bytes (emoji and the like): field ${field}`,
  ),
  cure: both(
    'Переведите базу данных Moodle на utf8mb4 (admin/cli/mysql_collation.php) или уберите эти знаки в 1С',
    'Convert the database of Moodle to utf8mb4 (admin/cli/mysql_collation.php), or remove these letters in 1C',
  ),
});
