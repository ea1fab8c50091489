import type { DataSource } from 'typeorm';
import type { ReportedChange, ReportedProblem } from '../filing/report-ledger.js';
import type { ChangeState } from './entities/changes.js';
import type { FileRow } from './entities/files.js';

export interface ListedFile extends Pick<
  FileRow,
  'id' | 'name' | 'content' | 'state' | 'filedAs' | 'counts' | 'damage' | 'decision'
> {
  claimedAt: string;
  finishedAt: string | null;
  /** Persons whom it changes, by what has become of them. */
  outcomes: Partial<Record<ChangeState, number>>;
}

/** Records of one kind that are shown at a time. */
const atOnce = 200;

const columns = `f.id::int, f.name, f.content, f.state, f.filed_as as "filedAs", f.counts, f.damage, f.decision,
  f.claimed_at as "claimedAt", f.finished_at as "finishedAt",
  coalesce((select jsonb_object_agg(state, number) from (
    select state, count(*) as number from ims_gateway.changes where file = f.id group by state) as c), '{}') as outcomes`;

/** What has become of files, for people. */
export class FileBook {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first. */
  async list(system: string, { before, limit }: { before?: number; limit: number }): Promise<{ files: ListedFile[] }> {
    const files = (await this.dataSource.query(
      `select ${columns} from ims_gateway.files f
       where f.system = $1 and f.state <> 'tried' and ($2::bigint is null or f.id < $2) order by f.id desc limit $3`,
      [system, before ?? null, limit],
    )) as ListedFile[];
    return { files };
  }

  /** Null: there is no such file of this system. */
  async show(
    system: string,
    file: number,
    { after, state }: { after: string; state?: ChangeState },
  ): Promise<(ListedFile & { problems: ReportedProblem[]; changes: ReportedChange[] }) | null> {
    const [row] = (await this.dataSource.query(
      `select ${columns} from ims_gateway.files f where f.system = $1 and f.id = $2 and f.state <> 'tried'`,
      [system, file],
    )) as ListedFile[];
    if (!row) return null;
    const changes = (await this.dataSource.query(
      `select code, change, state, cause, reason from ims_gateway.changes
       where file = $1 and code > $2 and ($3::text is null or state = $3) order by code limit ${atOnce}`,
      [file, after, state ?? null],
    )) as ReportedChange[];
    return { ...row, problems: await this.problems(file), changes };
  }

  async problems(file: number): Promise<ReportedProblem[]> {
    return (await this.dataSource.query(
      `select line, element, code, cause, reason from ims_gateway.problems where file = $1 order by index limit ${atOnce}`,
      [file],
    )) as ReportedProblem[];
  }
}
