import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import type { Change, ChangeState } from '../ledger/entities/changes.js';
import type { Decision, FileCounts, FileState } from '../ledger/entities/files.js';

/** A file of which something is to be reported. */
export interface ReportedFile {
  id: number;
  system: string;
  name: string;
  content: string;
  state: FileState;
  claimedAt: string;
  finishedAt: string | null;
  filedAs: string;
  counts: FileCounts | null;
  damage: Bilingual | null;
  decision: Decision | null;
  /** Changes whose end is not known yet. */
  open: number;
  /** Of the row as it was read. */
  version: string;
}

export interface ReportedChange {
  code: string;
  change: Change;
  state: ChangeState;
  cause: string | null;
  reason: Bilingual | null;
}

export interface ReportedProblem {
  line: number;
  element: string;
  code: string | null;
  cause: string;
  reason: Bilingual;
}

const atOnce = 5_000;

/** What the reports beside the files say. */
export class ReportLedger {
  constructor(private readonly dataSource: DataSource) {}

  async due(system: string): Promise<ReportedFile[]> {
    return (await this.dataSource.query(
      `select f.id::int, f.system, f.name, f.content, f.state, f.claimed_at as "claimedAt",
         f.finished_at as "finishedAt", f.filed_as as "filedAs", f.counts, f.damage, f.decision,
         (select count(*) from ims_gateway.changes c where c.file = f.id and c.state in ('waiting', 'underWay'))::int
           as open, f.xmin::text as version
       from ims_gateway.files f where f.system = $1 and f.report_due and f.filed_as is not null order by f.id`,
      [system],
    )) as ReportedFile[];
  }

  /** Unless something has become known meanwhile. */
  async reported({ id, version }: ReportedFile): Promise<void> {
    await this.dataSource.query('update ims_gateway.files set report_due = false where id = $1 and xmin::text = $2', [
      id,
      version,
    ]);
  }

  async problems(file: number): Promise<ReportedProblem[]> {
    return (await this.dataSource.query(
      'select line, element, code, cause, reason from ims_gateway.problems where file = $1 order by index',
      [file],
    )) as ReportedProblem[];
  }

  /** By code, some at a time. */
  async *changes(file: number): AsyncGenerator<ReportedChange> {
    for (let after = ''; ;) {
      const rows = (await this.dataSource.query(
        `select code, change, state, cause, reason from ims_gateway.changes
         where file = $1 and code > $2 order by code limit ${atOnce}`,
        [file, after],
      )) as ReportedChange[];
      yield* rows;
      if (rows.length < atOnce) return;
      after = rows.at(-1)!.code;
    }
  }
}
