import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Gauge, log, register, rest, Troubles } from '#platform';
import { SealBrokenError } from './secret-box.js';
import type { SealedPasswords } from './passwords.js';

/** Milliseconds: between two looks at all that is kept, and at the keys. */
const lookEvery = 60_000;
const keysEvery = 2_000;
const atATime = 500;

const metric = 'itk_passwords_sealed_by_older_keys';
const older = (): Gauge =>
  (register.getSingleMetric(metric) as Gauge | undefined) ??
  new Gauge({
    name: metric,
    help: 'Kept first passwords that another key than the first of ITK_SECRET_KEY_FILE has sealed: 0, and the others may go',
    labelNames: ['system'],
  });

export interface Resealed {
  done: number;
  /** None of the file's keys opens them. */
  lost: number;
}

/**
 * Seals with the first key what another has sealed, so that an old one can be taken out of the file. Any number of
 * replicas may do it at once, beside the work on accounts: whoever finds a password changed meanwhile leaves it.
 */
export async function reseal(
  dataSource: Pick<DataSource, 'query'>,
  system: string,
  passwords: SealedPasswords,
  stop?: AbortSignal,
): Promise<Resealed> {
  const found: Resealed = { done: 0, lost: 0 };
  for (let after = ''; !stop?.aborted;) {
    const rows: { key: string; sealed: string }[] = await dataSource.query(
      `select person_key as key, password as sealed from user_provisioner.accounts
       where system = $1 and person_key > $2 and split_part(password, '.', 5) <> $3 order by person_key limit ${atATime}`,
      [system, after, passwords.keyId],
    );
    const changed = rows.flatMap(({ key, sealed }) => {
      const anew = resealed(passwords, key, sealed);
      return anew === undefined ? [] : [{ key, sealed, anew }];
    });
    found.lost += rows.length - changed.length;
    const [kept] = (await dataSource.query(
      `with changed as (
         update user_provisioner.accounts a set password = c.anew
         from unnest($2::text[], $3::text[], $4::text[]) as c (key, sealed, anew)
         where a.system = $1 and a.person_key = c.key and a.password = c.sealed returning 1)
       select count(*)::int as done from changed`,
      [system, ...(['key', 'sealed', 'anew'] as const).map((name) => changed.map((one) => one[name]))],
    )) as [{ done: number }];
    found.done += kept.done;
    if (rows.length < atATime) break;
    after = rows.at(-1)!.key;
  }
  return found;
}

function resealed(passwords: SealedPasswords, key: string, sealed: string): string | undefined {
  try {
    return passwords.seal(key, passwords.open(key, sealed));
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined;
    throw error;
  }
}

/** Reseals for as long as the application lives: at the start, and whenever the keys have changed. */
export class Resealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running?: Promise<unknown>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly systems: ReadonlyMap<string, SealedPasswords>,
  ) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all([...this.systems].map(([system, passwords]) => this.run(system, passwords)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(system: string, passwords: SealedPasswords): Promise<void> {
    const { signal } = this.stopping;
    const logger = log('Resealing');
    const troubles = new Troubles(logger, 'kept passwords could not be sealed anew', { system });
    let lost = 0;
    while (!signal.aborted) {
      await reseal(this.dataSource, system, passwords, signal).then(
        (found) => {
          troubles.succeeded();
          // Work that was under way may yet write what it read before: 0 is only what a look finds so.
          older().set({ system }, found.done + found.lost);
          if (found.done > 0)
            logger.info('kept passwords were sealed anew', { system, key: passwords.keyId, passwords: found.done });
          if (found.lost > lost)
            logger.error('kept passwords are sealed with a key that ITK_SECRET_KEY_FILE does not hold', {
              ...{ system, passwords: found.lost },
            });
          lost = found.lost;
        },
        (error: unknown) => troubles.failed(error),
      );
      const { keyId } = passwords;
      const again = performance.now() + lookEvery;
      while (!signal.aborted && performance.now() < again && passwords.keyId === keyId) await rest(keysEvery, signal);
    }
  }
}
