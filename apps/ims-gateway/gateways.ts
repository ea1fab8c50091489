import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Duration } from 'luxon';
import type { DataSource } from 'typeorm';
import type { Publisher } from '#messaging';
import { acquireLease, addressOf, Leadership, TroubleBook, type Lease, type PauseBook } from '#persistence';
import { isFedByFiles, log, PerSystem, rest, Troubles, type Configuration, type FedByFiles } from '#platform';
import { Gateway } from './gateway.js';
import { ReportLedger } from './filing/report-ledger.js';
import { Reports } from './filing/reports.js';
import { DropFolder, folderCheck, folderTrouble } from './intake/folder.js';
import { Intake, readIntoStage } from './intake/intake.js';
import { QuietFiles } from './intake/quiet.js';
import { FileLedger } from './ledger/file-ledger.js';
import { Retention } from './ledger/retention.js';
import { beginTenure, TenureLostError } from './ledger/tenure.js';
import { WindowLedger } from './ledger/window-ledger.js';
import { raiseHeldFiles } from './held.js';
import { service, Window } from './window.js';

export const fedByFiles = ({ systems }: Pick<Configuration, 'systems'>): FedByFiles[] => systems.filter(isFedByFiles);

export interface KeeperPorts {
  dataSource: DataSource;
  publisher: Pick<Publisher, 'publishAll'>;
  paused(): boolean;
  takeLease(stop: AbortSignal): Promise<Lease>;
  now(): number;
}

/** A gateway put together, from the moment when this process became the one that works on the system's files. */
export async function beginGateway(system: FedByFiles, ports: Omit<KeeperPorts, 'takeLease'>): Promise<Gateway> {
  const { dataSource, publisher, paused, now } = ports;
  const { id, ims, window, accounts } = system;
  const folder = new DropFolder(ims.folder);
  await folder.open();
  const tenure = await beginTenure(dataSource, id);
  const windowLedger = new WindowLedger(dataSource);
  const again = await windowLedger.recover(tenure);
  if (again > 0) log('Gateway').warn('places that were not confirmed are due again', { system: id, number: again });
  const quiet = new QuietFiles(Duration.fromISO(ims.quietFor).toMillis());
  return new Gateway({
    intake: new Intake(
      { system: id, content: ims.content, share: ims.removalShare },
      {
        ...{ files: new FileLedger(dataSource), folder, quiet, now },
        read: (file, path, stop) => readIntoStage(dataSource, file, path, stop),
        raiseHeld: () => raiseHeldFiles(id, dataSource),
      },
      tenure,
    ),
    window: new Window(
      { system: id, roles: ims.roles, zone: ims.zone, per: accounts.per, window },
      { ledger: windowLedger, publisher, now },
      tenure,
    ),
    retention: new Retention(dataSource, id, Duration.fromISO(ims.keepFor).toMillis(), now),
    reports: new Reports(id, ims.folder, new ReportLedger(dataSource), now),
    paused,
  });
}

/** Sees to it that exactly one replica works on a system's files. */
export class Keeper {
  private readonly leadership: Leadership;

  constructor(
    private readonly system: FedByFiles,
    private readonly ports: KeeperPorts,
  ) {
    const troubles = new Troubles(log('Keeper'), 'the files cannot be worked on yet', { system: system.id });
    this.leadership = new Leadership({
      takeLease: (stop) => ports.takeLease(stop),
      work: (held) => this.work(held, troubles),
      troubles,
    });
  }

  start(): void {
    this.leadership.start();
  }

  /** Finishes the step under way. */
  stop(): Promise<void> {
    return this.leadership.stop();
  }

  private async work(held: AbortSignal, troubles: Troubles): Promise<void> {
    while (!held.aborted) {
      try {
        const gateway = await beginGateway(this.system, this.ports);
        await this.folderFound();
        troubles.succeeded();
        await gateway.run(held);
      } catch (error) {
        if (held.aborted) return;
        if (error instanceof TenureLostError) throw error;
        if ('syscall' in (error as object) && 'path' in (error as object)) await this.folderFound(error);
        await rest(troubles.failed(error), held);
      }
    }
  }

  /** What the file system says of the folder, for status and doctor. */
  private async folderFound(error?: unknown): Promise<void> {
    const { id, ims } = this.system;
    await new TroubleBook(this.ports.dataSource)
      .found({ service, system: id, check: folderCheck }, error === undefined ? [] : [folderTrouble(ims.folder, error)])
      .catch(() => undefined);
  }
}

/** A keeper for each system that files feed. */
@Injectable()
export class Gateways
  extends PerSystem<Keeper, FedByFiles>
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  constructor(configuration: Configuration, dataSource: DataSource, pauses: PauseBook, publisher: Publisher) {
    super(
      fedByFiles(configuration),
      (system) =>
        new Keeper(system, {
          ...{ dataSource, publisher, now: Date.now },
          paused: () => pauses.list().some((pause) => pause.system === system.id),
          takeLease: (stop) => acquireLease(addressOf(dataSource), `ims ${system.id}`, stop),
        }),
    );
  }

  onApplicationBootstrap(): void {
    for (const keeper of this.all()) keeper.start();
  }

  /** Before the publisher closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.all().map((keeper) => keeper.stop()));
  }
}
