import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Duration } from 'luxon';
import type { DataSource, EntityManager } from 'typeorm';
import { TroubleBook } from '#persistence';
import { alarm, CONFIGURATION, Gauge, giveBack, HealthSigns, log, type Configuration } from '#platform';
import { CLOCK, type Clock } from '../clock.js';
import { postDocument } from '../documents/posting.js';
import { PostingError } from '../refusal.js';
import { writeDocument } from '../documents/store.js';
import { endLiveRows, changedSinceOffered } from '../registers/synchronization.js';
import { MirrorAge } from './age.js';
import { FarLessError, lossesIn } from './loss/loss.js';
import { Filling, mirrorTables } from './fill.js';
import { countLeftOut, recordCheck, troublesOf } from './left-out.js';
import type { LeftOut, Toolkit } from './snapshot.js';
import { University, UniversityError, type Reading } from './university.js';

const logger = log('Mirror');

const readSeconds = new Gauge({
  name: 'itk_mirror_read_seconds',
  help: 'How long the last refresh took in which 1C:University was read, its differences written',
});

/** A reading of so many students leaves more garbage behind than it costs to have it collected. */
const worthCollecting = 1_000;

/** Students compared at a time. */
const chunk = 5_000;

/** Keeps the mirror equal to 1C:University, and offers anew whoever has changed there. */
@Injectable()
export class Mirror implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;
  /** What this process has not read itself may have been left out by an older reader. */
  private readHere = false;
  private readonly age: MirrorAge;
  private current: Promise<void> | undefined;
  private filled = false;
  private closed = false;
  private readonly every: number;
  /** Share of the records of a table that one reading may take away. */
  private readonly largestLoss: number;
  private readonly reofferOnChange: boolean;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(University) private readonly university: University,
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(HealthSigns) signs: HealthSigns,
    @Inject(TroubleBook) private readonly troubles: TroubleBook,
  ) {
    const component = configuration.onecComponent;
    // A whole infobase is not asked as often as a file.
    const usual = component?.mirror.odata ? 'PT10M' : 'PT1M';
    this.every = Duration.fromISO(component?.mirror.refresh ?? usual).toMillis();
    this.largestLoss = component?.mirror.largestLoss ?? 1;
    this.reofferOnChange = component?.reofferOnChange ?? true;
    this.age = new MirrorAge(dataSource, troubles, this.every);
    signs.set('mirror', async () => {
      if (!this.filled) return { down: 'the mirror of 1C:University has not been filled yet' };
      const { old, seconds } = await this.age.read();
      // Ready all the same: without the web service nobody could be told anything, old or new.
      return old ? { ailing: `the mirror of 1C:University was last refreshed ${Math.round(seconds)} s ago` } : 'up';
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const state: unknown[] = await this.dataSource.query('select 1 from onec_component.mirror_state');
    this.filled = state.length > 0;
    this.again(0);
    const look = (): void => void this.age.tell().catch((error: unknown) => logger.warn('age not told', { error }));
    this.watch = setInterval(look, Math.min(this.every, 30_000));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    this.university.stop();
    clearTimeout(this.timer);
    clearInterval(this.watch);
    await this.current?.catch(() => undefined);
  }

  /** Reads the university once. Calls at the same time share one reading. Throws what the reading threw. */
  refresh(): Promise<void> {
    this.current ??= this.readOnce()
      .then(
        () => this.age.refreshed(),
        (error: unknown) => {
          this.age.refreshed(error);
          throw error;
        },
      )
      .finally(() => (this.current = undefined));
    return this.current;
  }

  private again(after: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.refresh()
        .then(
          () => this.again(this.every),
          (error: unknown) => {
            logger.warn('the mirror was not refreshed; the last content stands', { error });
            const grave = error instanceof UniversityError && error.trouble.grave === true;
            this.again(grave ? Math.min(this.every, 60_000) : Math.min(this.every, 5_000));
          },
        )
        .catch(() => undefined);
    }, after);
  }

  private async readOnce(): Promise<void> {
    const states: { fingerprint: string; compared_at: string }[] = await this.dataSource.query(
      `select fingerprint, to_char(compared_at, 'YYYY-MM-DD"T"HH24:MI:SS') as compared_at from onec_component.mirror_state`,
    );
    const begun = performance.now();
    const now = this.clock.now();
    const known = states[0]?.fingerprint;
    const changed =
      known === undefined ||
      (!this.readHere && (await this.someLeftOut())) ||
      (await this.university.fingerprint()) !== known;
    const reading = changed ? await this.fill(known === undefined) : undefined;
    // Another replica may have read what was mended.
    if (!changed && !(await this.someLeftOut())) this.tellLeftOut([]);
    const due =
      (reading !== undefined && reading.fingerprint !== known) ||
      (await this.somethingCameIntoForce(states[0]?.compared_at ?? now, now));
    const reoffered = due && this.reofferOnChange ? await this.reofferChanged(now) : 0;
    if (reoffered > 0) logger.info('students changed in 1C:University are offered again', { reoffered });
    await this.dataSource.query(
      `insert into onec_component.mirror_state (one, fingerprint, compared_at, refreshed_at) values (1, $1, $2, now())
       on conflict (one) do update set fingerprint = excluded.fingerprint, compared_at = excluded.compared_at,
         refreshed_at = excluded.refreshed_at`,
      [reading?.fingerprint ?? states[0]?.fingerprint ?? '', now],
    );
    this.filled = true;
    if (reading) readSeconds.set((performance.now() - begun) / 1000);
  }

  private async someLeftOut(): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `select 1 from operations.trouble where service = 'onec-component' and "check" = $1 limit 1`,
      [recordCheck],
    );
    return rows.length > 0;
  }

  private tellLeftOut(leftOut: readonly LeftOut[]): void {
    countLeftOut(leftOut);
    const what = 'records of 1C:University cannot be read and are left out: `itk status` names them';
    alarm('mirror-records-left-out', '', leftOut.length > 0, what, {
      number: leftOut.length,
      records: leftOut.slice(0, 10).map(({ section, index, owner, problems }) => ({
        ...{ section, index, owner },
        fields: problems.slice(0, 5).map(({ field, found }) => `${field}: ${found.en}`),
      })),
    });
  }

  private async fill(first: boolean): Promise<Omit<Reading, 'leftOut'>> {
    const { students, leftOut, ...reading } = await this.dataSource.transaction(async (db) => {
      // 1C may take minutes over a page; only tables of this transaction's own are held meanwhile.
      await db.query('set local idle_in_transaction_session_timeout = 0');
      const filling = await Filling.begin(db);
      const read = await this.university.read((elements) => filling.take(elements), { first });
      const losses = lossesIn(await filling.tallies(), this.largestLoss);
      if (losses.length > 0) throw new FarLessError(losses);
      // Replicas fill one after the other; the second finds no difference. Not before: GetStudents waits for it.
      await db.query(`select pg_advisory_xact_lock(hashtext('onec_component mirror'))`);
      await filling.finish();
      const leftOut = [...filling.leftOut, ...read.leftOut];
      const troubles = await troublesOf(db, leftOut);
      await new TroubleBook(db).found({ service: 'onec-component', system: '', check: recordCheck }, troubles);
      return { ...read, leftOut, students: filling.students };
    });
    this.readHere = true;
    this.tellLeftOut(leftOut);
    // GetStudents runs over the codes of all students: an unvacuumed table makes it look at every row for that.
    if (first) for (const table of mirrorTables) await this.dataSource.query(`vacuum (analyze) ${table}`);
    if (reading.toolkit) await this.takeToolkit(reading.toolkit);
    logger.info('mirror refreshed', { students });
    if (students >= worthCollecting) giveBack();
    return reading;
  }

  /** A record dated ahead becomes the last one by time alone. */
  private async somethingCameIntoForce(since: string, now: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `(select 1 from onec_component.student_statuses where period > $1::timestamp and period <= $2::timestamp limit 1)
       union all
       (select 1 from onec_component.individual_full_names
         where period > $1::timestamp and period <= $2::timestamp limit 1)`,
      [since, now],
    );
    return rows.length > 0;
  }

  /** Ends the live rows of everyone whose content is no longer what GetStudents last returned. */
  private async reofferChanged(now: string): Promise<number> {
    const systems: { code: string }[] = await this.dataSource.query('select code from onec_component.systems');
    let ended = 0;
    for (const { code: system } of systems) {
      const hidden: { student: string }[] = await this.dataSource.query(
        `select distinct student from onec_component.synchronization
          where system = $1 and period >= $2::timestamp order by student`,
        [system, now],
      );
      for (let at = 0; at < hidden.length; at += chunk) {
        const codes = hidden.slice(at, at + chunk).map((row) => row.student);
        await this.dataSource.transaction(async (db) => {
          const changed = await changedSinceOffered(db, system, codes, now);
          if (changed.size > 0) await endLiveRows(db, system, [...changed], now);
          ended += changed.size;
        });
      }
    }
    return ended;
  }

  /**
   * Systems and documents that have not come before; what has belongs to its people, and a system that they have deleted
   * does not come back.
   */
  private async takeToolkit(toolkit: Toolkit): Promise<void> {
    await this.dataSource.transaction((db: EntityManager) =>
      db.query(
        `with fresh as (
           insert into onec_component.systems_taken (code) select unnest($1::text[]) on conflict do nothing
           returning code)
         insert into onec_component.systems (code, name, address)
         select given.* from unnest($1::text[], $2::text[], $3::text[]) as given (code, name, address)
           join fresh using (code) on conflict do nothing`,
        [
          toolkit.systems.map((system) => system.code),
          toolkit.systems.map((system) => system.name),
          toolkit.systems.map((system) => system.address),
        ],
      ),
    );
    const known: { id: string; posted: boolean }[] = await this.dataSource.query(
      'select id, posted from onec_component.binding_documents where id = any($1::uuid[])',
      [toolkit.documents.map((document) => document.id)],
    );
    const written = new Set(known.map((document) => document.id));
    for (const document of toolkit.documents) {
      if (written.has(document.id)) continue;
      try {
        await this.dataSource.transaction(async (db) => {
          await writeDocument(db, document);
          await postDocument(db, this.clock, document.id);
        });
      } catch (error) {
        if (!(error instanceof PostingError)) throw error;
        logger.warn('a binding document of the snapshot cannot be posted', { document: document.id, error });
      }
    }
    if (written.size < toolkit.documents.length) {
      await this.dataSource.query('analyze onec_component.academic_course_bindings');
      logger.info('binding documents taken and posted', { documents: toolkit.documents.length - written.size });
    }
  }
}
