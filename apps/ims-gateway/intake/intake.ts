import { createReadStream } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import { DamagedFileError, readStream } from '#ims-enterprise';
import { log } from '#platform';
import { StageLostError } from '../ledger/apply.js';
import type { FileLedger, OpenFile } from '../ledger/file-ledger.js';
import { stage, type StagedSize } from '../ledger/stage-ledger.js';
import type { Tenure } from '../ledger/tenure.js';
import { filedAs } from '../filing/names.js';
import { staged, type Staged } from './staged.js';
import type { DropFolder } from './folder.js';
import type { QuietFiles } from './quiet.js';

export interface IntakeRules {
  system: string;
  content: 'snapshot' | 'delta';
  /** Percent. */
  share: number;
}

/** How the reading of a file ended. */
export type Read = { kind: 'staged'; size: StagedSize } | { kind: 'damaged'; reason: Bilingual };

export interface IntakePorts {
  files: FileLedger;
  folder: DropFolder;
  quiet: QuietFiles;
  /** Stages the file at this path. */
  read(file: number, path: string, stop: AbortSignal): Promise<Read>;
  /** Files wait for a person, or do so no longer. */
  raiseHeld(): Promise<void>;
  now(): number;
}

async function* records(path: string, stop?: AbortSignal): AsyncGenerator<Staged> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024, ...(stop && { signal: stop }) });
  for await (const record of readStream(stream)) {
    const one = staged(record);
    if (one) yield one;
  }
}

/** Reads a file into the stage; a damaged one leaves nothing there that anybody would look at. */
export async function readIntoStage(
  dataSource: DataSource,
  file: number,
  path: string,
  stop?: AbortSignal,
): Promise<Read> {
  try {
    return { kind: 'staged', size: await stage(dataSource, file, records(path, stop)) };
  } catch (error) {
    if (error instanceof DamagedFileError) return { kind: 'damaged', reason: error.reason };
    throw error;
  }
}

interface InHand {
  file: OpenFile;
  /** Undefined while it is being read. */
  read?: Read;
  failure?: { error: unknown };
}

/**
 * Takes the files of one system's folder, one after the other. A step does one thing and has written it when it ends:
 * whoever dies leaves in the ledger and in the folder from where the next one goes on.
 */
export class Intake {
  private readonly logger = log('Intake');
  private inHand?: InHand;

  constructor(
    private readonly rules: IntakeRules,
    private readonly ports: IntakePorts,
    private readonly tenure: Tenure,
  ) {}

  /** Answers whether it has done something: then more may be to do. */
  async step(stop: AbortSignal): Promise<boolean> {
    const { inHand } = this;
    if (inHand?.failure) throw inHand.failure.error;
    if (inHand?.read) {
      this.inHand = undefined;
      await this.finish(inHand.file, inHand.read);
      return true;
    }
    if (inHand) return false;
    const { files, folder, quiet, now } = this.ports;
    // Files are looked at all the time, so that one is known to be quiet when its turn comes.
    const names = quiet.look(await folder.list(), now());
    const [next] = await files.open(this.rules.system);
    if (next) {
      await this.goOn(next, stop);
      return true;
    }
    const [name] = names;
    if (name === undefined) return false;
    const file = await files.claim(this.tenure, name, this.rules.content);
    this.logger.info('a file is taken', { system: file.system, file: file.id });
    await this.goOn(file, stop);
    return true;
  }

  private async goOn(file: OpenFile, stop: AbortSignal): Promise<void> {
    const { files, folder, read } = this.ports;
    if (file.state !== 'claimed') {
      await this.layAway(file);
      return;
    }
    if (!(await folder.claim(file.id, file.name))) {
      this.logger.warn('a file was taken away before it could be read', { system: file.system, file: file.id });
      await files.forget(this.tenure, file.id);
      return;
    }
    const inHand: InHand = { file };
    this.inHand = inHand;
    read(file.id, folder.claimed(file.id), stop).then(
      (end) => (inHand.read = end),
      (error: unknown) => (inHand.failure = { error }),
    );
  }

  private async finish(file: OpenFile, read: Read): Promise<void> {
    const { files, raiseHeld } = this.ports;
    const { system, id, content } = file;
    if (read.kind === 'damaged') {
      await files.reject(this.tenure, id, read.reason);
      this.logger.error('a file is damaged: nothing of it is applied', { system, file: id, why: read.reason.en });
      await this.layAway({ ...file, state: 'rejected' });
      return;
    }
    const released = file.decision?.decision === 'released';
    const share = released ? undefined : this.rules.share;
    try {
      const state = await files.apply(this.tenure, { system, file: id, content, staged: read.size, share });
      this.logger.info(state === 'held' ? 'a file is held' : 'a file is applied', { system, file: id, ...read.size });
      await raiseHeld();
      if (state !== 'held') await this.layAway({ ...file, state });
    } catch (error) {
      // It is read again.
      if (!(error instanceof StageLostError)) throw error;
      this.logger.warn('what was read of a file is lost; it is read again', { system, file: id, error });
    }
  }

  private async layAway(file: OpenFile): Promise<void> {
    const { files, folder, now } = this.ports;
    const path = filedAs(file, new Date(now()));
    await folder.file(file.id, path);
    await files.filed(this.tenure, file.id, path);
  }
}
