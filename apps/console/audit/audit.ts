import type { DataSource } from 'typeorm';
import { AuditRow } from '../ledger/entities/audit.js';

/** What somebody is about to do. */
export interface Audited {
  by: string;
  /** `replay.start` */
  action: string;
  system?: string | undefined;
  /** The id of what it is done to: of a failure, a replay, a student. Never a name. */
  about?: string | undefined;
  reason?: string | undefined;
  /** Names of the fields that are given or changed; never what stands in them. */
  fields?: readonly string[];
}

export interface AuditAsked {
  by?: string | undefined;
  action?: string | undefined;
  system?: string | undefined;
  about?: string | undefined;
  since?: string | undefined;
  before?: string | undefined;
  /** Id of the last entry of the page before. */
  after?: number | undefined;
  limit: number;
}

/** What people did: written down before it is done, and how it ended after. */
export class Audit {
  /** Deeds that have ended in this process. */
  ended = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** @param number how many the work has touched, where that can be said */
  async of<T>(audited: Audited, work: () => Promise<T>, number: (result: T) => number | null = () => null): Promise<T> {
    const id = await this.write(audited);
    try {
      const result = await work();
      await this.end(id, 'done', number(result));
      return result;
    } catch (error) {
      await this.end(id, 'failed', null).catch(() => undefined);
      throw error;
    } finally {
      this.ended++;
    }
  }

  /** Newest first. */
  async list({ by, action, system, about, since, before, after, limit }: AuditAsked): Promise<AuditRow[]> {
    const rows = this.dataSource.getRepository(AuditRow).createQueryBuilder('a').orderBy('a.id', 'DESC').limit(limit);
    if (by !== undefined) rows.andWhere('a.by = :by', { by });
    if (action !== undefined) rows.andWhere('starts_with(a.action, :action)', { action });
    if (system !== undefined) rows.andWhere('a.system = :system', { system });
    if (about !== undefined) rows.andWhere('a.about = :about', { about });
    if (since !== undefined) rows.andWhere('a.time >= :since', { since });
    if (before !== undefined) rows.andWhere('a.time < :before', { before });
    if (after !== undefined) rows.andWhere('a.id < :after', { after });
    return rows.getMany();
  }

  private async write({ by, action, system, about, reason, fields = [] }: Audited): Promise<string> {
    const [row] = (await this.dataSource.query(
      `insert into console.audit (time, "by", action, system, about, reason, fields)
       values (now(), $1, $2, $3, $4, $5, $6) returning id`,
      [by, action, system ?? null, about ?? null, reason ?? null, JSON.stringify(fields)],
    )) as { id: string }[];
    return row!.id;
  }

  private async end(id: string, outcome: 'done' | 'failed', number: number | null): Promise<void> {
    await this.dataSource.query('update console.audit set outcome = $2, number = $3 where id = $1', [
      id,
      outcome,
      number,
    ]);
  }
}
