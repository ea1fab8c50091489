import { rename, rm, stat, utimes } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import type { FileSystem } from '#platform';
import type { CoursesFile } from '../courses/courses-file.js';
import { partOf } from './beside.js';
import { writeState, type Written } from './write-file.js';

/** Milliseconds: after a change so long is waited for the next one, */
const quietFor = 3_000;
/** and so long at the most, however many come. */
const atMost = 60_000;

const owing = `
select changed <> written as owed, courses,
  changed_at <= now() - $2 * interval '1 ms' or waiting_since <= now() - $3 * interval '1 ms' as due
from course_enroller.file_states where system = $1`;

/** Writes one system's file whenever it is behind what it is written from. One process does it at a time. */
export class FileWriter {
  constructor(
    private readonly system: Pick<FileSystem, 'id' | 'imsFile'>,
    private readonly dataSource: DataSource,
    private readonly courses: CoursesFile,
  ) {}

  /** Is the file as it should be, or behind, and has it been so for long enough? */
  async look(): Promise<'settled' | 'waiting' | 'due'> {
    const [row] = (await this.dataSource.query(owing, [this.system.id, quietFor, atMost])) as {
      owed: boolean;
      due: boolean;
      courses: string;
    }[];
    if (!row) return 'settled';
    if (row.owed) return row.due ? 'due' : 'waiting';
    return row.courses === this.courses.read().version ? 'settled' : 'due';
  }

  /**
   * The whole file anew: written beside, then renamed, with a newer time than it had, for Moodle passes over a file
   * that is not newer. Whoever dies on the way leaves the old one, and the next one writes again.
   * @returns nothing where a newer one stands there already
   */
  async write(): Promise<Written | undefined> {
    const { id, imsFile } = this.system;
    const beside = partOf(imsFile.file);
    try {
      const { version } = this.courses.read();
      const written = await this.writeAt(beside);
      await touchNewer(beside, imsFile.file);
      return (await this.putInPlace(id, beside, written, version)) ? written : undefined;
    } finally {
      await rm(beside, { force: true });
    }
  }

  /** The present state in a file of its own. */
  writeAt(path: string): Promise<Written> {
    const { id, imsFile } = this.system;
    const { idnumberOf } = this.courses.read();
    const { zone, target } = imsFile;
    return writeState(this.dataSource, { system: id, zone, ...(target && { target }), idnumberOf }, path);
  }

  /** Under the row's lock: one who was overtaken meanwhile puts nothing older in the place of what is newer. */
  private putInPlace(id: string, beside: string, { changed }: Written, version: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = (await manager.query(
        'select written::float8 as written from course_enroller.file_states where system = $1 for update',
        [id],
      )) as { written: number }[];
      if (!row || row.written > changed) return false;
      await rename(beside, this.system.imsFile.file);
      await manager.query(
        `update course_enroller.file_states set written = $2, courses = $3, written_at = now(),
           waiting_since = case when changed = $2 then null else changed_at end where system = $1`,
        [id, changed, version],
      );
      return true;
    });
  }
}

/** Moodle compares whole seconds: at least one later than what stands there. */
async function touchNewer(path: string, than: string): Promise<void> {
  const before = await stat(than).then(
    ({ mtimeMs }) => mtimeMs,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return -Infinity;
      throw error;
    },
  );
  const time = Math.max(Date.now(), before + 1_000) / 1_000;
  await utimes(path, time, time);
}
