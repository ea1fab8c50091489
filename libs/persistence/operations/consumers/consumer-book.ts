import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { DataSource } from 'typeorm';
import { productVersion } from '#platform';

/** What a process says of one system's queue. Moments are milliseconds. */
export interface ConsumerSays {
  system: string;
  state: string;
  inHand: { number: number; oldest?: number };
  settled: Readonly<Record<string, number>>;
}

const version = productVersion();

/** Seconds without a word after which a process is taken for gone. */
export const consumersSilentAfter = 60;
/** Days after which whoever is gone is forgotten. */
const keptDays = 1;

/** Where a process of a service says what it has in hand: nobody else can see it, and a queue must not be peeked at. */
export class ConsumerBook {
  private readonly process = `${hostname()} ${randomBytes(4).toString('hex')}`;

  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly service: string,
  ) {}

  async say(all: readonly ConsumerSays[]): Promise<void> {
    await this.dataSource.query(
      `insert into operations.consumer (service, process, version, system, state, in_hand, oldest, settled, seen)
       select $1, $2, $8, said.system, said.state, said.in_hand, said.oldest, said.settled, now()
         from unnest($3::text[], $4::text[], $5::integer[], $6::timestamptz[], $7::jsonb[])
           as said (system, state, in_hand, oldest, settled)
       on conflict (system, service, process) do update
         set state = excluded.state, version = excluded.version, in_hand = excluded.in_hand, oldest = excluded.oldest,
             settled = excluded.settled, seen = excluded.seen`,
      [
        ...[this.service, this.process],
        all.map(({ system }) => system),
        all.map(({ state }) => state),
        all.map(({ inHand }) => inHand.number),
        all.map(({ inHand }) => (inHand.oldest === undefined ? null : new Date(inHand.oldest))),
        all.map(({ settled }) => JSON.stringify(settled)),
        version,
      ],
    );
    await this.dataSource.query(
      `delete from operations.consumer where service = $1 and seen < now() - make_interval(days => ${keptDays})`,
      [this.service],
    );
  }

  /** The process ends. */
  async leave(): Promise<void> {
    await this.dataSource.query('delete from operations.consumer where service = $1 and process = $2', [
      this.service,
      this.process,
    ]);
  }
}
