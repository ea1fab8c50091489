import type { DataSource } from 'typeorm';
import { both, parseEvent, type CloudEvent } from '#contracts';
import { UnroutableError, type Outgoing } from '#messaging';
import { log, rest, Troubles } from '#platform';
import { overtakenBy, type Evidence } from '../failures/evidence.js';
import { outgoing, type Waiting } from './letters.js';
import { Pace } from './pace.js';
import { settleSilent } from './silence.js';
import { Replays } from './replays.js';

interface Job {
  id: string;
  batch_size: number;
  rate: number | null;
  try_first: boolean;
  tried: boolean;
}

interface Next extends Waiting {
  /** Of what goes. */
  revision: string | null;
  evidence: Evidence | null;
  told: string | null;
}

/** Rest while there is nothing to do, between two looks at a job that may not go on yet, and after trouble: milliseconds. */
const idle = 500;
const soon = 50;
const afterTrouble = 1_000;
/** How often the letters are looked for of which nothing is heard any more. Milliseconds. */
const silenceEvery = 2_000;
/** Unless the first letter's outcome is known within this time the job is stopped. Milliseconds. */
const trialPatience = 10 * 60_000;

/**
 * Works replay jobs off. One process at a time. Every letter's state is written before and after it is put back: what
 * was about to be sent when the process died is sent again, once more at the most, and counted once.
 */
export class ReplayRunner {
  private readonly logger = log('Replay');
  private readonly paces = new Map<string, Pace>();
  private readonly replays: Replays;
  private silenceAt = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: { send(message: Outgoing): Promise<void>; publish(event: CloudEvent): Promise<void> },
    private readonly now: () => number = Date.now,
  ) {
    this.replays = new Replays(dataSource);
  }

  async run(stop: AbortSignal): Promise<void> {
    const troubles = new Troubles(this.logger, 'replays cannot go on');
    let begun = false;
    while (!stop.aborted) {
      let pause: number;
      try {
        if (!begun) await this.begin();
        begun = true;
        pause = await this.step();
        troubles.succeeded();
      } catch (error) {
        pause = troubles.failed(error);
      }
      if (pause > 0) await rest(pause, stop);
    }
  }

  /** What another process had in hand when it ended: whether it was sent nobody knows. */
  async begin(): Promise<void> {
    await this.dataSource.query(`update console.replay_items set state = 'waiting' where state = 'sending'`);
    await this.replays.releaseStopped();
  }

  /** A flight of every job; answers after how many milliseconds the next is worth while. */
  async step(): Promise<number> {
    if (this.now() - this.silenceAt >= silenceEvery) {
      this.silenceAt = this.now();
      await settleSilent(this.dataSource, this.now());
    }
    const jobs = (await this.dataSource.query(
      `select id, batch_size, rate, try_first, tried from console.replays where state = 'running' order by created_at`,
    )) as Job[];
    for (const id of this.paces.keys()) if (!jobs.some((job) => job.id === id)) this.paces.delete(id);
    const pauses = [];
    for (const job of jobs) pauses.push(await this.advance(job));
    return pauses.length === 0 ? idle : Math.min(...pauses);
  }

  private async advance(job: Job): Promise<number> {
    if (job.try_first && !job.tried) {
      const verdict = await this.trial(job);
      if (verdict === 'wait') return idle;
      if (verdict === 'send') return (await this.fly(job, 1)) ? soon : idle;
      if (verdict === 'stopped') return 0;
    }
    const pace = this.paceOf(job);
    const most = Math.min(job.batch_size, pace.allowed(this.now()));
    if (most === 0) return soon;
    const sent = await this.fly(job, most);
    if (sent === undefined) return afterTrouble;
    pace.spend(sent);
    return 0;
  }

  private paceOf(job: Job): Pace {
    const pace = this.paces.get(job.id) ?? new Pace(job.rate, this.now());
    this.paces.set(job.id, pace);
    return pace;
  }

  /** The first letter's outcome decides about the others. */
  private async trial({ id }: Job): Promise<'send' | 'wait' | 'go on' | 'stopped'> {
    const tried = (await this.dataSource.query(
      `select state, said as remark, extract(epoch from sent_at) * 1000 as "sentAt" from console.replay_items
       where replay = $1 and state in ('sending', 'sent', 'failed', 'succeeded')`,
      [id],
    )) as { state: string; remark: string | null; sentAt: string | null }[];
    if (tried.length === 0) return 'send';
    if (tried.some(({ state }) => state === 'succeeded')) {
      await this.dataSource.query('update console.replays set tried = true where id = $1', [id]);
      return 'go on';
    }
    const failed = tried.find(({ state }) => state === 'failed');
    if (failed) {
      const why = failed.remark ?? '';
      await this.replays.stop(
        id,
        both(`Первое сообщение снова не удалось: ${why}`, `The first message failed again: ${why}`),
      );
      return 'stopped';
    }
    if (tried.every(({ sentAt }) => sentAt === null || this.now() - Number(sentAt) < trialPatience)) return 'wait';
    await this.replays.stop(
      id,
      both(
        'Исход первого сообщения не известен за 10 минут: не приостановлена ли служба?',
        'No outcome of the first message within 10 minutes: is the service paused?',
      ),
    );
    return 'stopped';
  }

  /** Puts back up to so many. @returns how many were dealt with; nothing when the broker did not take them */
  private async fly(job: Job, most: number): Promise<number | undefined> {
    const letters = await this.take(job.id, most);
    if (letters.length === 0) {
      await this.finish(job.id);
      return 0;
    }
    const overtaken = letters.flatMap((letter) => {
      const by = overtakenBy(
        letter.revision === null ? {} : { revision: Number(letter.revision) },
        letter.evidence ?? {},
        letter.told === null ? undefined : Number(letter.told),
      );
      return by === undefined ? [] : [{ id: letter.id, by }];
    });
    await this.markOvertaken(job.id, overtaken);
    const skipped = new Set(overtaken.map(({ id }) => id));
    const going = letters.filter(({ id }) => !skipped.has(id));
    const results = await Promise.allSettled(going.map((letter) => this.put(letter, job.id)));
    const ids = (chosen: (result: PromiseSettledResult<void>) => boolean) =>
      going.flatMap((letter, index) => (chosen(results[index]!) ? letter.id : []));
    const unroutable = (result: PromiseSettledResult<void>) =>
      result.status === 'rejected' && result.reason instanceof UnroutableError;
    await this.markSent(
      job.id,
      ids(({ status }) => status === 'fulfilled'),
    );
    await this.markHomeless(job.id, ids(unroutable));
    const kept = ids((result) => result.status === 'rejected' && !unroutable(result));
    if (kept.length === 0) return letters.length;
    await this.takeBack(job.id, kept);
    this.logger.warn('the broker does not take letters back, another try follows', {
      job: job.id,
      number: kept.length,
    });
    return undefined;
  }

  private put(letter: Next, job: string): Promise<void> {
    if (letter.edited === null) return this.publisher.send(outgoing(letter, job));
    return this.publisher.publish(parseEvent(letter.edited));
  }

  /** Marks the next letters before they are sent: nobody else may stop or send them now. */
  private async take(job: string, most: number): Promise<Next[]> {
    // In two statements: joined into one, the planner goes through all letters for each of the chosen.
    const taken = await this.dataSource.transaction(async (manager) => {
      const next = (await manager.query(
        `select i.failure from console.replay_items i join console.replays r on r.id = i.replay and r.state = 'running'
         where i.replay = $1 and i.state = 'waiting' order by i.position limit $2 for update of i`,
        [job, most],
      )) as { failure: string }[];
      const ids = next.map(({ failure }) => failure);
      if (ids.length > 0)
        await manager.query(
          `update console.replay_items set state = 'sending', sent_at = now() where replay = $1 and failure = any($2)`,
          [job, ids],
        );
      return ids;
    });
    if (taken.length === 0) return [];
    const rows = (await this.dataSource.query(
      `select f.id, f.queue, f.service, f.event_type, f.message, f.body, f.headers, e.body as edited,
         coalesce(e.revision, f.revision) as revision, k.evidence,
         t.revision as told
       from console.failures f
       join console.replay_items i on i.replay = $1 and i.failure = f.id
       left join console.edits e on e.replay = i.replay and e.failure = f.id
       left join console.known k on k.system = f.system and k.subject = f.subject
       left join operations.told t on t.system = f.system and t.code = f.code
       where f.id = any($2) order by i.position`,
      [job, taken],
    )) as Next[];
    return rows;
  }

  private async markOvertaken(job: string, overtaken: { id: string; by: number }[]): Promise<void> {
    if (overtaken.length === 0) return;
    const [ids, by] = [overtaken.map(({ id }) => id), overtaken.map((one) => `revision ${one.by}`)];
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `update console.failures f set state = 'superseded', closed_by = o.by, closed_at = now()
         from unnest($1::text[], $2::text[]) as o (id, by)
         where f.id = o.id and f.state = 'replaying' and f.replay = $3`,
        [ids, by, job],
      );
      await manager.query(
        `update console.replay_items i set state = 'superseded', said = o.by, ended_at = now()
         from unnest($1::text[], $2::text[]) as o (id, by)
         where i.replay = $3 and i.failure = o.id and i.state = 'sending'`,
        [ids, by, job],
      );
    });
  }

  /** Unless the outcome is known already. */
  private async markSent(job: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.dataSource.query(
      `update console.replay_items set state = 'sent', sent_at = now()
       where replay = $1 and failure = any($2) and state = 'sending'`,
      [job, ids],
    );
  }

  private async markHomeless(job: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `update console.failures set state = 'open' where id = any($1) and state = 'replaying' and replay = $2`,
        [ids, job],
      );
      await manager.query(
        `update console.replay_items set state = 'failed', said = 'the queue is gone', ended_at = now()
         where replay = $1 and failure = any($2) and state = 'sending'`,
        [job, ids],
      );
    });
  }

  private async takeBack(job: string, ids: string[]): Promise<void> {
    await this.dataSource.query(
      `update console.replay_items set state = 'waiting' where replay = $1 and failure = any($2) and state = 'sending'`,
      [job, ids],
    );
    await this.replays.releaseStopped();
  }

  private async finish(job: string): Promise<void> {
    await this.dataSource.query(
      `update console.replays r set state = 'done', ended_at = now() where r.id = $1 and r.state = 'running'
       and not exists (select 1 from console.replay_items i where i.replay = r.id and i.state in ('waiting', 'sending'))`,
      [job],
    );
  }
}
