import { hostname, userInfo } from 'node:os';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { Broker } from '#messaging';
import { createDataSource, openMigrated } from '#persistence';
import { loadConfiguration, SettingError, type Configuration, type SystemConfiguration } from '#platform';
import { SynchronizerClients } from '#synchronizer';
import { AskAgain } from '../ask/ask-again.js';
import { Audit, type Audited } from '../audit/audit.js';
import { schema } from '../ledger/schema.js';
import { exitCodes } from './exit-codes.js';
import { CommandError } from './output/told.js';

type Environment = Record<string, string | undefined>;

/** What commands work with; opened when first asked for. */
export class Context {
  private loaded?: Configuration;
  private data?: Promise<DataSource>;
  private opened?: Broker;

  constructor(
    readonly environment: Environment,
    /** Writes progress beside the answer. */
    readonly progress: (text: string) => void,
  ) {}

  get configuration(): Configuration {
    return (this.loaded ??= loadConfiguration(undefined, this.environment));
  }

  /** Who does it, for notes and pauses. */
  get by(): string {
    try {
      return this.environment.ITK_BY || userInfo().username;
    } catch {
      return 'itk';
    }
  }

  /** Does what changes something, and writes it into the same audit as the pages do: who, at which machine, and why. */
  async audited<T>(
    { why, ...audited }: Omit<Audited, 'by' | 'reason'> & { why?: string | undefined },
    work: (dataSource: DataSource) => Promise<T>,
    number?: (result: T) => number | null,
  ): Promise<T> {
    const dataSource = await this.dataSource();
    const by = `${this.by}@${hostname()}`;
    return new Audit(dataSource).of(
      { ...audited, by, reason: why?.trim() || undefined },
      () => work(dataSource),
      number,
    );
  }

  dataSource(): Promise<DataSource> {
    return (this.data ??= openMigrated(createDataSource({ url: this.configuration.database.url, ...schema })));
  }

  /** Declares nothing: what is not there is to be seen. Fails within 10 s when the broker is away. */
  async broker(): Promise<Broker> {
    const opened = (this.opened ??= new Broker(this.configuration.broker.url, 'itk'));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // What does not get better by itself is not waited for.
      opened.onTrouble((trouble) => reject(new SettingError(trouble)));
      timer = setTimeout(
        () => reject(new CommandError(both('RabbitMQ не отвечает', 'RabbitMQ cannot be reached'), exitCodes.away)),
        10_000,
      );
    });
    try {
      await Promise.race([opened.open(), late]);
    } finally {
      clearTimeout(timer);
    }
    return opened;
  }

  systems(): SystemConfiguration[] {
    return this.configuration.systems;
  }

  /** @throws CommandError naming the systems there are */
  system(id: string): SystemConfiguration {
    const found = this.systems().find((system) => system.id === id);
    if (found) return found;
    const list = this.systems()
      .map((system) => system.id)
      .join(', ');
    throw new CommandError(
      both(`Системы «${id}» нет в конфигурации; есть: ${list}`, `No system "${id}" is configured; there are: ${list}`),
      exitCodes.notFound,
    );
  }

  /** The named one, or all. */
  chosen(id: string | undefined): SystemConfiguration[] {
    return id === undefined ? this.systems() : [this.system(id)];
  }

  async askAgain(): Promise<AskAgain> {
    const dataSource = await this.dataSource();
    const clients = new SynchronizerClients(this.configuration, dataSource);
    return new AskAgain(dataSource, (id) => clients.find(this.system(id).id));
  }

  async close(): Promise<void> {
    await this.opened?.close().catch(() => undefined);
    const dataSource = await this.data?.catch(() => undefined);
    await dataSource?.destroy();
  }
}
