import { Duration } from 'luxon';
import type { DataSource } from 'typeorm';
import { TroubleBook } from '#persistence';
import { universityZone, type Configuration } from '#platform';
import { Heartbeat } from './heartbeat.js';
import { isQuiet } from './rules/quiet.js';
import type { Channel } from './sending/channels.js';
import { Outbox } from './sending/outbox.js';
import { ownTrouble, Sender } from './sending/sender.js';
import { channelsOf } from './sending/settings.js';
import { readStanding } from './standing/standing.js';

/** Milliseconds that what has been told is kept: a year. */
const keptFor = 365 * 86_400_000;

/** What the console on duty does about notices. */
export class Notifier {
  /** Milliseconds between two calls of the outside watch; undefined: there is none. */
  readonly beatEvery: number | undefined;
  private readonly channels: Channel[];
  private readonly outbox: Outbox;
  private readonly sender: Sender;
  private readonly heartbeat: Heartbeat | undefined;
  private readonly troubles: TroubleBook;

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: Pick<Configuration, 'systems' | 'console'>,
  ) {
    const { heartbeat } = configuration.console.notices;
    this.troubles = new TroubleBook(dataSource);
    this.channels = channelsOf(configuration);
    this.outbox = new Outbox(dataSource);
    this.sender = new Sender(this.outbox, this.troubles);
    this.beatEvery = heartbeat && Duration.fromISO(heartbeat.every).toMillis();
    const systems = configuration.systems.map(({ id }) => id);
    this.heartbeat = heartbeat && new Heartbeat(dataSource, this.troubles, systems, heartbeat);
  }

  /** Looks at what stands, and sends what is to be sent. */
  async look(stop: AbortSignal, now = new Date()): Promise<void> {
    await this.forgetUnused();
    if (this.channels.length === 0) return;
    const { quietHours } = this.configuration.console.notices;
    const quiet = isQuiet(now, quietHours, universityZone(this.configuration));
    const names = this.channels.map(({ name }) => name);
    await this.outbox.take(await readStanding(this.dataSource, this.configuration), names, { now, quiet });
    await Promise.all(this.channels.map((channel) => this.sender.send(channel, now, stop)));
  }

  async beat(): Promise<void> {
    await this.heartbeat?.beat();
  }

  async forgetOld(now = Date.now()): Promise<void> {
    await this.outbox.forget(new Date(now - keptFor));
  }

  /** Of what is configured no more there is no trouble. */
  private async forgetUnused(): Promise<void> {
    const used: string[] = [...this.channels.map(({ name }) => name), ...(this.heartbeat ? ['heartbeat'] : [])];
    for (const channel of ['mail', 'webhook', 'heartbeat'] as const)
      if (!used.includes(channel)) await this.troubles.found(ownTrouble(channel), []);
  }
}
