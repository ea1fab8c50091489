import type { DataSource } from 'typeorm';
import { both, consumerNames, type Bilingual } from '#contracts';
import type { TroubleBook } from '#persistence';
import type { Notices } from '#platform';
import { call, CallError } from '../outgoing/call.js';
import { consumersOf, handOf } from '../queues/hands.js';
import { ownTrouble } from './sending/sender.js';

type Watch = NonNullable<Notices['heartbeat']>;

const mend = both(
  'Запустите службы или исправьте console.notices.heartbeat; внешний сторож тем временем поднимет тревогу',
  'Start the services, or mend console.notices.heartbeat; meanwhile the outside watch raises its alarm',
);

/** Calls an outside watch as long as all is alive: it raises the alarm when the call stays away. */
export class Heartbeat {
  constructor(
    private readonly dataSource: DataSource,
    private readonly troubles: Pick<TroubleBook, 'found'>,
    private readonly systems: readonly string[],
    private readonly watch: Watch,
  ) {}

  /** @throws where the database is away: then nobody is called either */
  async beat(now = Date.now()): Promise<void> {
    const silent = silentServices(await consumersOf(this.dataSource, this.systems), this.systems, now);
    if (silent.length > 0) {
      const list = silent.join(', ');
      return this.say(
        both(
          `Внешний сторож не вызван: службы молчат (${list})`,
          `The outside watch is not called: services are silent (${list})`,
        ),
      );
    }
    try {
      await call(this.watch.url, { method: this.watch.method });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return this.say(
        both(`Внешний сторож не отвечает: ${error.why.ru}`, `The outside watch does not answer: ${error.why.en}`),
      );
    }
    await this.dataSource.query(
      `insert into console.heartbeat (id, called_at) values (1, now())
       on conflict (id) do update set called_at = excluded.called_at`,
    );
    await this.say();
  }

  private say(what?: Bilingual): Promise<void> {
    return this.troubles.found(ownTrouble('heartbeat'), what ? [{ about: '', what, mend }] : []);
  }
}

/** Those of which no process has said anything for a while: `lms course-enroller`. */
export function silentServices(
  consumers: Awaited<ReturnType<typeof consumersOf>>,
  systems: readonly string[],
  now: number,
): string[] {
  const speaking = new Set(
    consumers.flatMap((one) => (handOf(one, now).silent ? [] : [`${one.system} ${one.service}`])),
  );
  return systems
    .flatMap((system) => consumerNames.map((service) => `${system} ${service}`))
    .filter((name) => !speaking.has(name));
}
