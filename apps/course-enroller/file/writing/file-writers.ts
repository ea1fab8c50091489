import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { acquireLease, addressOf, Leadership, TroubleBook, type FoundTrouble, type Lease } from '#persistence';
import { hasFile, log, PerSystem, rest, Troubles, type Configuration, type FileSystem } from '#platform';
import { service } from '../../enroller.js';
import { CoursesFile } from '../courses/courses-file.js';
import { removeLeftBehind } from './beside.js';
import { FileWriter } from './file-writer.js';
import { leftOut, notWritten } from './troubles.js';

/** Milliseconds between two looks. */
const lookEvery = 1_000;
/** Milliseconds between two looks for what dead writers have left. */
const tidyEvery = 600_000;

interface KeeperPorts {
  dataSource: DataSource;
  takeLease(stop: AbortSignal): Promise<Lease>;
}

/** Sees to it that exactly one replica writes a system's file. */
export class FileKeeper {
  readonly writer: FileWriter;
  private readonly leadership: Leadership;

  constructor(
    private readonly system: FileSystem,
    private readonly ports: KeeperPorts,
  ) {
    this.writer = new FileWriter(system, ports.dataSource, new CoursesFile(system.imsFile.coursesFile));
    const troubles = new Troubles(log('ImsFile'), 'the file for Moodle cannot be written', { system: system.id });
    this.leadership = new Leadership({
      takeLease: (stop) => ports.takeLease(stop),
      work: (held) => this.work(held, troubles),
      troubles,
    });
  }

  start(): void {
    this.leadership.start();
  }

  stop(): Promise<void> {
    return this.leadership.stop();
  }

  private async work(held: AbortSignal, troubles: Troubles): Promise<void> {
    let tidiedAt = -Infinity;
    // By whoever had the duty before.
    let troubled = true;
    while (!held.aborted) {
      try {
        const state = await this.writer.look();
        if (state === 'due') await this.write();
        if (troubled && state !== 'waiting') {
          await this.found('ims-file-unwritten', []);
          troubled = false;
        }
        if (performance.now() - tidiedAt > tidyEvery) {
          tidiedAt = performance.now();
          await this.tidy();
        }
        troubles.succeeded();
        await rest(lookEvery, held);
      } catch (error) {
        if (held.aborted) return;
        troubled = true;
        await this.found('ims-file-unwritten', [notWritten(this.system.imsFile.file, error)]);
        await rest(troubles.failed(error), held);
      }
    }
  }

  private async write(): Promise<void> {
    const { id: system } = this.system;
    const written = await this.writer.write();
    if (!written) return;
    const { unmapped, ...counts } = written;
    log('ImsFile').info('the file for Moodle is written', { system, ...counts });
    await this.found('ims-file-left-out', unmapped.length > 0 ? [leftOut(unmapped)] : []);
  }

  /** Whatever hinders it hinders the writing as well, and is told there. */
  private async tidy(): Promise<void> {
    const removed = await removeLeftBehind(this.system.imsFile.file).catch(() => 0);
    if (removed > 0)
      log('ImsFile').warn('removed what dead writers had left', { system: this.system.id, files: removed });
  }

  private async found(check: string, found: FoundTrouble[]): Promise<void> {
    await new TroubleBook(this.ports.dataSource)
      .found({ service, system: this.system.id, check }, found)
      .catch(() => undefined);
  }
}

/** A keeper for each system whose Moodle takes a file. */
@Injectable()
export class FileWriters
  extends PerSystem<FileKeeper, FileSystem>
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  constructor({ systems }: Configuration, dataSource: DataSource) {
    super(
      systems.filter(hasFile),
      (system) =>
        new FileKeeper(system, {
          dataSource,
          takeLease: (stop) => acquireLease(addressOf(dataSource), `ims file ${system.id}`, stop),
        }),
    );
  }

  onApplicationBootstrap(): void {
    for (const keeper of this.all()) keeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.all().map((keeper) => keeper.stop()));
  }
}
