import type { DataSource } from 'typeorm';
import { createDataSource, migrate, TroubleBook } from '#persistence';
import { HealthSigns, type Configuration } from '#platform';
import { createTestDatabase } from '#persistence/testing';
import { Clock } from '../clock.js';
import { Mirror } from '../mirror/mirror.js';
import { SnapshotReader } from '../mirror/snapshot-reader.js';
import type { LeftOut, Snapshot, SnapshotElement } from '../mirror/snapshot.js';
import { University, type Reading } from '../mirror/university.js';
import { Synchronizer } from '../registers/synchronizer.js';
import { schema } from '../ledger/schema.js';

export class HeldUniversity extends University {
  snapshot: unknown = emptyUniversity();
  private reading = 0;

  constructor(private readonly zone: string) {
    super();
  }

  async fingerprint(): Promise<string> {
    return `of reading ${this.reading + 1}`;
  }

  async read(take: (records: (SnapshotElement | LeftOut)[]) => Promise<void>): Promise<Reading> {
    const reader = new SnapshotReader(this.zone);
    await take(reader.push(Buffer.from(JSON.stringify(this.snapshot))));
    return { fingerprint: `of reading ${++this.reading}`, ...reader.end() };
  }
}

export const emptyUniversity = () => ({
  students: [] as Snapshot['students'],
  statuses: [] as Snapshot['statuses'],
  names: [] as Snapshot['names'],
  groups: [] as Snapshot['groups'],
  curricula: [] as Snapshot['curricula'],
  disciplines: [] as Snapshot['disciplines'],
  departments: [] as Snapshot['departments'],
  toolkit: { systems: [], documents: [] } as NonNullable<Snapshot['toolkit']>,
});

export interface Registers {
  dataSource: DataSource;
  clock: Clock;
  /** Milliseconds; the clock stands still between settings. */
  time: { now: number };
  university: HeldUniversity;
  mirror: Mirror;
  synchronizer: Synchronizer;
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** Registers, mirror and web service's module on a database of their own, without Nest and HTTP, under a still clock. */
export async function openRegisters(zone = 'Europe/Moscow', start = '2025-10-15T12:00:00Z'): Promise<Registers> {
  const database = await createTestDatabase();
  const dataSource = createDataSource({ ...schema, url: database.url });
  await dataSource.initialize();
  await migrate(dataSource);
  const time = { now: Date.parse(start) };
  const clock = new Clock(zone, () => time.now);
  const configuration = { onecComponent: { mirror: { refresh: 'PT1H' }, reofferOnChange: true } } as Configuration;
  const university = new HeldUniversity(zone);
  return {
    dataSource,
    clock,
    time,
    university,
    mirror: new Mirror(dataSource, clock, university, configuration, new HealthSigns(), new TroubleBook(dataSource)),
    synchronizer: new Synchronizer(dataSource, clock, configuration),
    empty: async () => {
      const names = dataSource.entityMetadatas
        .filter((entity) => entity.schema !== 'operations' && entity.tableName !== 'binding_sequence')
        .map((entity) => `onec_component.${entity.tableName}`);
      // Of a few rows a delete is much faster than a truncate.
      await dataSource.query(names.map((name) => `delete from ${name}`).join(';'));
      await dataSource.query('update onec_component.binding_sequence set last = 0');
    },
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
