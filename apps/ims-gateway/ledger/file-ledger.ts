import type { DataSource, EntityManager } from 'typeorm';
import { storable, type Bilingual } from '#contracts';
import type { Decision, FileCounts, FileRow, FileState } from './entities/files.js';
import { applyStaged, TooMuchRemovedError, type Applying } from './apply.js';
import { asHolder, type Tenure } from './tenure.js';

/** A file in hand, or one that is to be laid where it stays. */
export type OpenFile = Pick<FileRow, 'id' | 'system' | 'name' | 'content' | 'state' | 'decision'>;

const columns = 'id::int, system, name, content, state, decision';

/** A newer snapshot stands for those that are held: released later, they would bring back what is no more. */
async function supersede(manager: EntityManager, { system, file }: Pick<Applying, 'system' | 'file'>): Promise<void> {
  const decision: Decision = { decision: 'discarded', by: 'ims-gateway', why: `#${file}` };
  await manager.query(
    `update ims_gateway.files set state = 'discarded', decision = $3, finished_at = now(), report_due = true
     where system = $1 and id < $2 and state = 'held'`,
    [system, file, JSON.stringify(decision)],
  );
}

/** What becomes of files, in schema `ims_gateway`. Every step is written before it is gone on from. */
export class FileLedger {
  constructor(private readonly dataSource: DataSource) {}

  /** Files of the system in hand, oldest first: what a process that died has left, and what a person has released. */
  async open(system: string): Promise<OpenFile[]> {
    return (await this.dataSource.query(
      `select ${columns} from ims_gateway.files
       where system = $1 and (state = 'claimed' or (state in ('applied', 'rejected', 'discarded') and filed_as is null))
       order by id`,
      [system],
    )) as OpenFile[];
  }

  async claim(tenure: Tenure, name: string, content: 'snapshot' | 'delta'): Promise<OpenFile> {
    return asHolder(this.dataSource, tenure, async (manager) => {
      const [row] = (await manager.query(
        `insert into ims_gateway.files (system, name, content, state, claimed_at, report_due)
         values ($1, $2, $3, 'claimed', now(), false) returning ${columns}`,
        [tenure.system, storable(name), content],
      )) as OpenFile[];
      return row!;
    });
  }

  /** It was claimed, but somebody had taken it away. */
  async forget(tenure: Tenure, id: number): Promise<void> {
    await asHolder(this.dataSource, tenure, (manager) =>
      manager.query('delete from ims_gateway.files where id = $1', [id]),
    );
  }

  /** All of the file or nothing; `held` when it would remove more than `share`. */
  async apply(tenure: Tenure, applying: Applying): Promise<FileState> {
    try {
      await asHolder(this.dataSource, tenure, async (manager) => {
        const { counts, tooMuch } = await applyStaged(manager, applying);
        if (tooMuch) throw new TooMuchRemovedError(counts);
        await manager.query(
          `update ims_gateway.files set state = 'applied', counts = $2, finished_at = now(), report_due = true
           where id = $1`,
          [applying.file, JSON.stringify(counts)],
        );
        await supersede(manager, applying);
      });
      return 'applied';
    } catch (error) {
      if (!(error instanceof TooMuchRemovedError)) throw error;
      await this.end(tenure, applying.file, 'held', { counts: error.counts });
      return 'held';
    }
  }

  /** What applying would do; nothing of it stays. */
  async tryOut(
    applying: Applying,
  ): Promise<{ counts: FileCounts; held: boolean; changes: { code: string; change: string }[] }> {
    const runner = this.dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.startTransaction();
      const { counts, tooMuch: held } = await applyStaged(runner.manager, applying);
      const changes = (await runner.query(
        `select code, change from ims_gateway.changes where file = $1 order by change, code limit 1000`,
        [applying.file],
      )) as { code: string; change: string }[];
      return { counts, held, changes };
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async reject(tenure: Tenure, id: number, damage: Bilingual): Promise<void> {
    await this.end(tenure, id, 'rejected', { damage });
  }

  private async end(
    tenure: Tenure,
    id: number,
    state: FileState,
    { counts, damage }: { counts?: FileCounts; damage?: Bilingual },
  ): Promise<void> {
    await asHolder(this.dataSource, tenure, async (manager) => {
      await manager.query('delete from ims_gateway.staged where file = $1', [id]);
      await manager.query(
        `update ims_gateway.files set state = $2, counts = $3, damage = $4, report_due = true,
           finished_at = case when $2 = 'held' then null else now() end where id = $1`,
        [id, state, counts ? JSON.stringify(counts) : null, damage ? JSON.stringify(damage) : null],
      );
      if (state === 'held') await supersede(manager, { system: tenure.system, file: id });
    });
  }

  async filed(tenure: Tenure, id: number, filedAs: string): Promise<void> {
    await asHolder(this.dataSource, tenure, (manager) =>
      manager.query('update ims_gateway.files set filed_as = $2, report_due = true where id = $1', [id, filedAs]),
    );
  }

  /** A person has looked at what is held: it is applied all the same, or forgotten. Answers how many files it was. */
  async decide(system: string, ids: readonly number[] | undefined, decision: Decision): Promise<number> {
    const [, number] = (await this.dataSource.query(
      `update ims_gateway.files set decision = $3, report_due = true, state = $4,
         finished_at = case when $4 = 'discarded' then now() end
       where system = $1 and state = 'held' and ($2::bigint[] is null or id = any($2))`,
      [system, ids ?? null, JSON.stringify(decision), decision.decision === 'released' ? 'claimed' : 'discarded'],
    )) as [unknown, number];
    return number;
  }

  /** Files that wait for a person, oldest first. */
  async held(system: string): Promise<{ id: number; name: string }[]> {
    return (await this.dataSource.query(
      `select id::int, name from ims_gateway.files where system = $1 and state = 'held' order by id`,
      [system],
    )) as { id: number; name: string }[];
  }

  /** A number for a file that is only tried out. */
  async beginTry(system: string, name: string, content: 'snapshot' | 'delta'): Promise<number> {
    const [row] = (await this.dataSource.query(
      `insert into ims_gateway.files (system, name, content, state, claimed_at, finished_at, report_due)
       values ($1, $2, $3, 'tried', now(), now(), false) returning id::int`,
      [system, storable(name), content],
    )) as { id: number }[];
    return row!.id;
  }

  /** Problems of a try are told, and then nothing of it is left. */
  async endTry(id: number): Promise<void> {
    await this.dataSource.query('delete from ims_gateway.staged where file = $1', [id]);
    await this.dataSource.query('delete from ims_gateway.files where id = $1', [id]);
  }
}
