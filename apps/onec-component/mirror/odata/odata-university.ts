import { createHash } from 'node:crypto';
import { SynchronizationError } from '#contracts';
import { MappingError, ODataClient, readMapped, readMapping, RingError } from '#odata';
import { readSecret, SecretError } from '#platform';
import type { NaiveDate } from '#synchronizer';
import type { LeftOut, SnapshotElement } from '../snapshot.js';
import { University, UniversityError, type Reading } from '../university.js';
import { Records } from './records.js';

export interface ODataSettings {
  url: string;
  user: string;
  passwordFile: string;
  mappingFile: string;
  pageSize: number;
}

/** The university read from its own infobase, over OData, as a mapping says. */
export class ODataUniversity extends University {
  private readonly closing = new AbortController();

  constructor(
    private readonly settings: ODataSettings,
    private readonly zone: string,
    private readonly now: () => NaiveDate,
  ) {
    super();
  }

  /** Nothing in OData tells that something has changed; only reading does. */
  fingerprint(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async read(
    take: (records: (SnapshotElement | LeftOut)[]) => Promise<void>,
    { first }: { first: boolean },
  ): Promise<Reading> {
    const hash = createHash('sha256');
    try {
      // Both read anew each time: mended, they count without a restart.
      const mapping = readMapping(this.settings.mappingFile);
      const records = new Records(this.zone, mapping.statuses.fields.curriculum !== undefined);
      for await (const lot of readMapped(this.client(), mapping, { now: this.now(), toolkit: first })) {
        const read = lot.flatMap((record) => {
          hash.update(JSON.stringify([record.section, record.raw]));
          return records.take(record);
        });
        if (read.length > 0) await take(read);
      }
      const { toolkit, leftOut } = records;
      return { fingerprint: hash.digest('base64'), toolkit: first ? toolkit : undefined, leftOut };
    } catch (error) {
      throw this.told(error);
    }
  }

  override stop(): void {
    this.closing.abort();
  }

  private client(): ODataClient {
    const { url, user, passwordFile, pageSize } = this.settings;
    const password = (): string => readSecret(passwordFile);
    return new ODataClient({ url, user, password, pageSize, signal: this.closing.signal });
  }

  private told(error: unknown): unknown {
    if (error instanceof SynchronizationError) {
      const { kind, reason, cure } = error.failure;
      return new UniversityError(`${this.settings.url}: ${reason.en}`, {
        ...{ reason, cure, grave: kind === 'configuration' },
      });
    }
    if (error instanceof MappingError || error instanceof RingError || error instanceof SecretError)
      return new UniversityError(error.message, { grave: true });
    return error;
  }
}
