import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { CONFIGURATION, type Configuration } from '#platform';
import { naiveOf, readPairs, type Refused } from '#synchronizer';
import { CLOCK, type Clock } from '../clock.js';
import { ServiceFault } from '../web-service/service-fault.js';
import { boundCourses, semesterKey, studentFacts, studentsToProcess } from './facts.js';
import { faultsSince, forgetFaults, noteFaults } from './faults.js';
import { writeJson } from './json.js';
import { contentOf, errorText, fingerprintOf } from './student-element.js';
import {
  changedSinceOffered,
  endLiveRows,
  holdMirror,
  knownStudents,
  noteOffered,
  setErrorRows,
  setSuccessRows,
  takeAwaited,
} from './synchronization.js';

/** The module of the web service ITK_Synchronizer: each operation returns the text of its result. */
@Injectable()
export class Synchronizer {
  private readonly reofferOnChange: boolean;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.reofferOnChange = configuration.onecComponent?.reofferOnChange ?? true;
  }

  /**
   * At most `limit` students who are not processed, faulty ones among them, as a JSON array. A faulty one is flagged
   * by an Error row at once and so is not offered again for a month.
   */
  async getStudents(els: string, limit: number): Promise<string> {
    if (limit <= 0) throw new ServiceFault(`Значение параметра Limit должно быть больше нуля: ${limit}`);
    const now = this.clock.now();
    const page = await this.dataSource.transaction('REPEATABLE READ', async (db) => {
      const system = await systemCode(db, els);
      const codes = await studentsToProcess(db, system, now, limit);
      const contents = (await studentFacts(db, codes, now)).map((facts) => ({ code: facts.code, ...contentOf(facts) }));
      const semesters = new Map(
        contents.flatMap((one) => ('student' in one ? [[semesterKey(one.student), one.student] as const] : [])),
      );
      const courses = await boundCourses(db, system, [...semesters.values()]);
      return { system, contents, courses, bindingSequence: await newestSequence(db, system) };
    });
    const offered = page.contents.map(({ code, ...content }) => ({
      code,
      fingerprint: fingerprintOf(content),
      hidden: 'fault' in content,
    }));
    if (offered.length > 0)
      await this.dataSource.transaction(async (db) => {
        await holdMirror(db);
        await noteOffered(db, page.system, offered);
        const faulty = offered.filter((one) => one.hidden).map((one) => one.code);
        const mended = await this.changed(db, page.system, faulty, now);
        const stillFaulty = faulty.filter((code) => !mended.has(code));
        if (stillFaulty.length > 0) await setErrorRows(db, page.system, stillFaulty, now);
        const sound = offered.filter((one) => !one.hidden).map((one) => one.code);
        await forgetFaults(db, page.system, [...sound, ...mended]);
        // The answer may get lost, and whoever is flagged is not offered again: ErrorsSince tells it once more.
        const texts = new Map(
          page.contents.flatMap((one) => ('fault' in one ? [[one.code, errorText(one.code, one.fault)] as const] : [])),
        );
        const found = stillFaulty.map((code) => ({ code, text: texts.get(code)! }));
        await noteFaults(db, page.system, found, this.clock.milliseconds());
      });
    return writeJson(
      page.contents.map((one) =>
        'fault' in one
          ? { error: errorText(one.code, one.fault) }
          : {
              ...one.student,
              courses: page.courses.get(semesterKey(one.student)) ?? [],
              bindingSequence: page.bindingSequence,
            },
      ),
    );
  }

  /** `Code1#Period1, Code2#Period2`: success rows; ends the live Error rows. What cannot be taken is named. */
  async setCronflag(students: string, els: string): Promise<string> {
    const { flags, refused } = readPairs(students);
    const now = this.clock.now();
    const unknown = await this.dataSource.transaction(async (db) => {
      const system = await systemCode(db, els);
      const known = await knownStudents(
        db,
        flags.map((flag) => flag.code),
      );
      const changed = await this.reofferChanged(db, system, [...known], now);
      // Nearly all have the same period, and the calendar takes its time.
      const periods = new Map(flags.map(({ period }) => [period, '']));
      for (const period of periods.keys()) periods.set(period, naiveOf(period, this.clock.zone));
      const rows = flags
        .filter((flag) => known.has(flag.code) && !changed.has(flag.code))
        .map(({ code, period }) => ({ code, period: periods.get(period)! }));
      await endLiveRows(
        db,
        system,
        rows.map((row) => row.code),
        now,
        'errors',
      );
      await setSuccessRows(db, system, rows);
      return flags.filter((flag) => !known.has(flag.code)).map((flag) => `${flag.code}#${flag.period}`);
    });
    return taken([...refused, ...unknown.map((pair) => ({ pair, reason: 'no such student' }))]);
  }

  /** An Error row one month ahead; with a live one nothing changes. */
  async setErrorCronflag(student: string, els: string): Promise<string> {
    const code = student.trim();
    const now = this.clock.now();
    return this.dataSource.transaction(async (db) => {
      const system = await systemCode(db, els);
      if (!(await knownStudents(db, [code])).has(code)) return taken([{ pair: code, reason: 'no such student' }]);
      const changed = await this.reofferChanged(db, system, [code], now);
      if (changed.size === 0) await setErrorRows(db, system, [code], now);
      return taken([]);
    });
  }

  /** Sets of courses changed after `sequence`, oldest first: what students of these curricula and semesters have now. */
  async bindingsSince(els: string, sequence: number, limit: number): Promise<string> {
    if (limit <= 0) throw new ServiceFault(`Значение параметра Limit должно быть больше нуля: ${limit}`);
    return this.dataSource.transaction('REPEATABLE READ', async (db) => {
      const system = await systemCode(db, els);
      const changes: { curriculum: string; semester: number; sequence: string }[] = await db.query(
        `select curriculum, semester, sequence from onec_component.binding_changes
          where system = $1 and sequence > $2 order by sequence limit $3`,
        [system, sequence, limit],
      );
      const courses = await boundCourses(db, system, changes);
      return writeJson(
        changes.map(({ curriculum, semester, sequence }) => ({
          curriculum,
          semester,
          courses: courses.get(semesterKey({ curriculum, semester })) ?? [],
          sequence: Number(sequence),
        })),
      );
    });
  }

  /**
   * Faults found by GetStudents after `sequence`, oldest first, for whoever lost an answer in which they stood. One
   * whose student is offered again is not among them: GetStudents will say what is then found.
   */
  async errorsSince(els: string, sequence: number, limit: number): Promise<string> {
    if (limit <= 0) throw new ServiceFault(`Значение параметра Limit должно быть больше нуля: ${limit}`);
    const db = this.dataSource.manager;
    return writeJson(await faultsSince(db, await systemCode(db, els), sequence, limit));
  }

  /** `Code1, Code2`: ends their live rows, so that they are offered again at once. */
  async reoffer(students: string, els: string): Promise<string> {
    const codes = [...new Set(students.split(',').map((code) => code.trim()))].filter((code) => code !== '');
    return this.dataSource.transaction(async (db) => {
      const system = await systemCode(db, els);
      const known = await knownStudents(db, codes);
      await endLiveRows(db, system, [...known], this.clock.now());
      return taken(codes.filter((code) => !known.has(code)).map((pair) => ({ pair, reason: 'no such student' })));
    });
  }

  /**
   * A flag speaks of what was offered: of whoever has changed since, it must not hide the change; nor where what was
   * offered last may never have arrived.
   */
  private async reofferChanged(db: EntityManager, system: string, codes: string[], now: string): Promise<Set<string>> {
    await holdMirror(db);
    const changed = await this.changed(db, system, codes, now);
    if (this.reofferOnChange) for (const code of await takeAwaited(db, system, codes)) changed.add(code);
    if (changed.size > 0) await endLiveRows(db, system, [...changed], now);
    return changed;
  }

  private async changed(db: EntityManager, system: string, codes: string[], now: string): Promise<Set<string>> {
    return this.reofferOnChange && codes.length > 0 ? changedSinceOffered(db, system, codes, now) : new Set();
  }
}

const taken = (refused: Refused[]): string =>
  refused.length === 0 ? 'true' : writeJson({ refused: refused.map((one) => ({ ...one })) });

/** Calls name a system by its Name, as the paper says. */
async function systemCode(db: EntityManager, els: string): Promise<string> {
  const rows: { code: string }[] = await db.query('select code from onec_component.systems where name = $1', [els]);
  const code = rows[0]?.code;
  if (code === undefined) throw new ServiceFault(`Не найдена ЭОС с наименованием "${els}"`);
  return code;
}

async function newestSequence(db: EntityManager, system: string): Promise<number> {
  const rows: { newest: string }[] = await db.query(
    'select coalesce(max(sequence), 0) as newest from onec_component.binding_changes where system = $1',
    [system],
  );
  return Number(rows[0]?.newest ?? 0);
}
