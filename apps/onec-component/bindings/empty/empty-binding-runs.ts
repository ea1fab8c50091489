import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { In, type DataSource } from 'typeorm';
import { both, type Bilingual } from '#contracts';
import { isDatabaseAway, withAdvisoryLock } from '#persistence';
import { log } from '#platform';
import { CLOCK, type Clock } from '../../clock.js';
import type { Person } from '../../documents/drafts.js';
import { EmptyBindingRunRow } from '../../ledger/entities/documents/empty-binding-runs.js';
import { Refusal } from '../../refusal.js';
import { createEmptyBindings, curriculaToBind } from './create-empty.js';

const logger = log('EmptyBindings');

/** After a restart, or when a replica has ended, the rest is taken up within this time. Milliseconds. */
const every = 10_000;
/** So many runs are listed. */
const listed = 20;
/** So many failures are named. */
const named = 50;

/**
 * *Create bindings* in the background: a document for each curriculum, so that a fault in one loses no other. How far a
 * run has come is committed with each document: whoever takes it up after a restart goes on with the rest.
 */
@Injectable()
export class EmptyBindingRuns {
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> | undefined;
  private again = false;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes up what is left of before. */
  begin(): void {
    this.wake();
    this.timer = setInterval(() => this.wake(), every);
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    await this.current;
  }

  /** One run at a time for a system; without a curriculum it is for all approved ones. */
  async start(who: Person, system: string, curriculum: string | null): Promise<EmptyBindingRunRow> {
    const run = await this.dataSource.transaction(async (db) => {
      const systems: unknown[] = await db.query('select from onec_component.systems where code = $1 for update', [
        system,
      ]);
      if (systems.length === 0) throw new Refusal('no-such', both('Такой ЭОС нет', 'There is no such ELS'));
      if (await db.existsBy(EmptyBindingRunRow, { system, state: 'running' }))
        throw new Refusal(
          'state',
          both('Пустые привязки этой ЭОС уже создаются', 'Empty bindings of this ELS are being created already'),
        );
      const curricula = await curriculaToBind(db);
      if (curriculum !== null && !curricula.includes(curriculum))
        throw new Refusal(
          'state',
          both('Учебный план не утверждён, или это шаблон', 'The curriculum is not approved, or it is a template'),
        );
      return db.save(EmptyBindingRunRow, {
        ...{ id: randomUUID(), system, curriculum, login: who.login, author: who.author, state: 'running' as const },
        ...{ total: curriculum === null ? curricula.length : 1, done: 0, documents: 0, lines: 0 },
        ...{ lastCurriculum: '', failures: [], startedAt: new Date(), endedAt: null },
      });
    });
    this.wake();
    return run;
  }

  /** What is done stays. */
  async cancel(id: string): Promise<EmptyBindingRunRow> {
    await this.dataSource.query(
      `update onec_component.empty_binding_runs set state = 'cancelled', ended_at = now()
        where id = $1 and state = 'running'`,
      [id],
    );
    return this.read(id);
  }

  async read(id: string): Promise<EmptyBindingRunRow> {
    const run = await this.dataSource.manager.findOneBy(EmptyBindingRunRow, { id });
    if (!run) throw new Refusal('no-such', both('Такого создания привязок не было', 'There was no such run'));
    return run;
  }

  /** The newest first. @param systems codes of the ELS that are shown; undefined: all */
  list(systems?: readonly string[]): Promise<EmptyBindingRunRow[]> {
    return this.dataSource.manager.find(EmptyBindingRunRow, {
      ...(systems && { where: { system: In([...systems]) } }),
      order: { startedAt: 'desc' },
      take: listed,
    });
  }

  /** Until nothing is left to do; for tests. */
  async idle(): Promise<void> {
    while (this.current) await this.current;
  }

  private wake(): void {
    this.again = true;
    if (this.current || this.stop.signal.aborted) return;
    this.current = this.work()
      .catch((error: unknown) => {
        if (!this.stop.signal.aborted) logger.warn('empty bindings are not created, trying again', { error });
      })
      .finally(() => (this.current = undefined));
  }

  private async work(): Promise<void> {
    while (this.again && !this.stop.signal.aborted) {
      this.again = false;
      const runs: { id: string }[] = await this.dataSource.query(
        `select id from onec_component.empty_binding_runs where state = 'running' order by started_at`,
      );
      // One replica does a run; the others stand by, and find it done.
      for (const { id } of runs)
        await withAdvisoryLock(
          this.dataSource,
          `onec-component empty bindings ${id}`,
          (held) => this.go(id, AbortSignal.any([held, this.stop.signal])),
          this.stop.signal,
        );
    }
  }

  private async go(id: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const run = await this.read(id);
      if (run.state !== 'running') return;
      const curricula = run.curriculum === null ? await curriculaToBind(this.dataSource.manager) : [run.curriculum];
      const rest = curricula.filter((code) => code > run.lastCurriculum);
      if (rest.length === 0) {
        await this.dataSource.query(
          `update onec_component.empty_binding_runs set state = 'done', ended_at = now() where id = $1 and state = 'running'`,
          [id],
        );
        logger.info('empty bindings are created', { curricula: run.done, documents: run.documents, lines: run.lines });
        return;
      }
      for (const curriculum of rest) if (stop.aborted || !(await this.one(run, curriculum))) break;
    }
  }

  /** @returns false when the run is cancelled */
  private async one(run: EmptyBindingRunRow, curriculum: string): Promise<boolean> {
    try {
      return await this.dataSource.transaction(async (db) => {
        const made = await createEmptyBindings(db, this.clock, run, run.system, curriculum);
        const [rows] = (await db.query(
          `update onec_component.empty_binding_runs
              set done = done + 1, documents = documents + $3, lines = lines + $4, last_curriculum = $2
            where id = $1 and state = 'running' returning id`,
          [run.id, curriculum, made > 0 ? 1 : 0, made],
        )) as [unknown[], number];
        // Cancelled meanwhile: this document goes with the transaction.
        if (rows.length === 0) throw new Cancelled();
        return true;
      });
    } catch (error) {
      if (error instanceof Cancelled) return false;
      if (isDatabaseAway(error)) throw error;
      logger.warn('empty bindings of a curriculum are not created', { curriculum, error });
      await this.failed(run.id, curriculum, error);
      return true;
    }
  }

  private async failed(id: string, curriculum: string, error: unknown): Promise<void> {
    const text: Bilingual =
      error instanceof Refusal
        ? error.text
        : both('Внутренняя ошибка: смотрите журнал службы', "Internal error: see the service's log");
    await this.dataSource.query(
      `update onec_component.empty_binding_runs
          set done = done + 1, last_curriculum = $2,
              failures = case when jsonb_array_length(failures) < ${named} then failures || $3::jsonb else failures end
        where id = $1`,
      [id, curriculum, JSON.stringify([{ curriculum, text }])],
    );
  }
}

class Cancelled extends Error {}
