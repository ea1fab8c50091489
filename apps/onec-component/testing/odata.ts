import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate, TroubleBook } from '#persistence';
import { createTestDatabase } from '#persistence/testing';
import { HealthSigns, type Configuration } from '#platform';
import type { Expected } from '../../../sandbox/onec/university/expected.js';
import type { SandboxOneC, ShapeName } from '../../../sandbox/onec/server.js';
import { Clock } from '../clock.js';
import { schema } from '../ledger/schema.js';
import { Mirror } from '../mirror/mirror.js';
import { ODataUniversity } from '../mirror/odata/odata-university.js';
import type { LeftOut, SnapshotElement, Toolkit } from '../mirror/snapshot.js';
import { University, type Reading } from '../mirror/university.js';
import { Synchronizer } from '../registers/synchronizer.js';

const mappings = { stock: '1c-university-prof', iasu: 'iasu' };
export const mappingOf = (shape: ShapeName): string =>
  new URL(`../../../config/mappings/${mappings[shape]}.yaml`, import.meta.url).pathname;

/** Stock 1C:University has no bindings of ours: somebody has made them here already. */
class WithToolkit extends University {
  constructor(
    private readonly university: University,
    private readonly toolkit: Toolkit,
  ) {
    super();
  }

  fingerprint(): Promise<string | undefined> {
    return this.university.fingerprint();
  }

  async read(
    take: (records: (SnapshotElement | LeftOut)[]) => Promise<void>,
    circumstances: { first: boolean },
  ): Promise<Reading> {
    const reading = await this.university.read(take, circumstances);
    return { ...reading, ...(circumstances.first && { toolkit: this.toolkit }) };
  }
}

export interface ODataMirror {
  dataSource: DataSource;
  clock: Clock;
  mirror: Mirror;
  troubles: TroubleBook;
  synchronizer: Synchronizer;
  /** What GetStudents says of everybody at once, and who is flagged for it, by code: the faulty with their fault. */
  students(els: string): Promise<Map<string, Expected>>;
  close(): Promise<void>;
}

/** A mirror filled over OData from a sandbox, on a database of its own, without Nest. */
export async function openODataMirror(
  sandbox: SandboxOneC,
  shape: ShapeName,
  more: { mappingFile?: string; pageSize?: number; largestLoss?: number } = {},
): Promise<ODataMirror> {
  const zone = 'Europe/Moscow';
  const database = await createTestDatabase();
  const dataSource = createDataSource({ ...schema, url: database.url });
  await dataSource.initialize();
  await migrate(dataSource);
  const passwordFile = join(mkdtempSync(join(tmpdir(), 'itk-odata-')), 'password');
  writeFileSync(passwordFile, 'секрет:1\n');
  const clock = new Clock(zone);
  const { mappingFile = mappingOf(shape), pageSize = 1000, largestLoss = 0.3 } = more;
  const odata = { url: sandbox.odata[shape].url, user: 'Обмен', passwordFile, mappingFile, pageSize };
  const read = new ODataUniversity(odata, zone, () => clock.now());
  const university = shape === 'iasu' ? read : new WithToolkit(read, sandbox.university.toolkit);
  const configuration = {
    onecComponent: { mirror: { odata, refresh: 'PT1H', largestLoss }, reofferOnChange: true },
  } as unknown as Configuration;
  const troubles = new TroubleBook(dataSource);
  const synchronizer = new Synchronizer(dataSource, clock, configuration);
  return {
    dataSource,
    clock,
    mirror: new Mirror(dataSource, clock, university, configuration, new HealthSigns(), troubles),
    troubles,
    synchronizer,
    students: async (els) => {
      const page = JSON.parse(await synchronizer.getStudents(els, 1_000_000)) as Record<string, unknown>[];
      return new Map(page.map(plain));
    },
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** As the independent calculation tells it. */
function plain(element: Record<string, unknown>): [string, Expected] {
  if (typeof element.error === 'string') {
    const fault = element.error.split(':')[0] as 'Status Error';
    return [/Код студента: (\S+)/.exec(element.error)![1]!, { kind: 'fault', fault }];
  }
  const { code, individual, lastname, firstname, middlename, group, semester, curriculum, courses } = element;
  const student = { individual, lastname, firstname, middlename, group, semester, curriculum, courses };
  return [String(code), { kind: 'student', ...student } as Expected];
}
