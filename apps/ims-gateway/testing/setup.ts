import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { CloudEvent, StudentChanged } from '#contracts';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import type { FedByFiles } from '#platform';
import { beginGateway } from '../gateways.js';
import type { Gateway } from '../gateway.js';
import { FileBook, type ListedFile } from '../ledger/file-book.js';
import { noteOutcomes } from '../ledger/outcomes.js';
import { schema } from '../ledger/schema.js';

/** The process is dead: nothing of it has any effect from here on. */
export class Death extends Error {
  override name = 'Death';
}

let database: TestDatabase | undefined;
export let dataSource: DataSource;

/** A database for all tests of a spec file. */
export function withDatabase(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = createDataSource({ url: database.url, ...schema });
    await dataSource.initialize();
    await migrate(dataSource);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });
}

let systems = 0;

/** A drop folder, a gateway on it over PostgreSQL, and a stand-in for the services behind the queues. */
export class GatewaySetup {
  readonly id = `s${++systems}`;
  folder!: string;
  now = 1_790_000_000_000;
  paused = false;
  window = 100;
  /** Events that the broker has confirmed, in order. */
  readonly published: StudentChanged[] = [];
  /** Those of whom nobody has said how it ended. */
  private underWay: StudentChanged[] = [];
  /** Called before and after each step of a process that can be told from outside; throws where the process dies. */
  step: (name: string, when: 'before' | 'after') => void = () => {};
  private gateway?: Gateway;
  readonly ims: Omit<FedByFiles['ims'], 'folder'>;

  constructor(ims: Partial<FedByFiles['ims']> = {}) {
    this.ims = {
      ...{ content: 'delta', roles: { '01': 'student', '02': 'editingteacher' }, zone: 'Europe/Moscow' },
      ...{ removalShare: 10, quietFor: 'PT1S', keepFor: 'P90D' },
      ...ims,
    };
  }

  get system(): FedByFiles {
    return {
      id: this.id,
      window: this.window,
      accounts: { per: 'student' },
      ims: { ...this.ims, folder: this.folder },
    } as unknown as FedByFiles;
  }

  async open(): Promise<this> {
    this.folder = await mkdtemp(join(tmpdir(), 'itk-ims-'));
    return this;
  }
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** As a student system does that renames what it has written. */
  async drop(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(join(this.folder, `${name}.part`), content);
    await rename(join(this.folder, `${name}.part`), join(this.folder, name));
  }

  /** Every call of `target` that goes out of the process is a step. */
  private stepping<T extends object>(target: T, name: string, calls: readonly string[], life: { over: boolean }): T {
    return new Proxy(target, {
      get: (object, key) => {
        const value: unknown = Reflect.get(object, key);
        if (typeof value !== 'function') return value;
        if (!calls.includes(String(key))) return value.bind(object);
        const step = (when: 'before' | 'after'): void => {
          if (life.over) throw new Death();
          try {
            this.step(`${name}.${String(key)}`, when);
          } catch (error) {
            life.over = true;
            throw error;
          }
        };
        return async (...given: unknown[]): Promise<unknown> => {
          step('before');
          const result: unknown = await (value as (...given: unknown[]) => Promise<unknown>).apply(object, given);
          step('after');
          return result;
        };
      },
    });
  }

  begin(): Promise<Gateway> {
    const life = { over: false };
    const publisher = {
      publishAll: (events: readonly CloudEvent[]): Promise<void> => {
        const data = events.map((event) => event.data as StudentChanged);
        this.published.push(...data);
        this.underWay.push(...data);
        return Promise.resolve();
      },
    };
    return beginGateway(this.system, {
      dataSource: this.stepping(dataSource, 'database', ['query', 'transaction'], life),
      publisher: this.stepping(publisher, 'broker', ['publishAll'], life),
      paused: () => this.paused,
      now: () => this.now,
    });
  }

  /** Works until nothing is to do; the clock goes on. A process that dies is followed by another. */
  async work(turns = 400): Promise<void> {
    const { signal } = new AbortController();
    let idle = 0;
    for (let turn = 0; turn < turns && idle < 4; turn++) {
      this.now += 600;
      try {
        this.gateway ??= await this.begin();
        const reading = (this.gateway as unknown as { parts: { intake: { inHand?: { read?: unknown } } } }).parts
          .intake;
        const did = await this.gateway.step(signal);
        // It is read beside: looked at no more often than a database can be asked.
        if (reading.inHand && !did) await sleep(5);
        idle = did || reading.inHand ? 0 : idle + 1;
        if (reading.inHand) turn -= 1;
      } catch (error) {
        if (!(error instanceof Death)) throw error;
        this.gateway = undefined;
        idle = 0;
      }
    }
  }

  /** What is under way ends, each as `endOf` says. */
  async end(endOf: (student: StudentChanged) => 'done' | 'failed' = () => 'done'): Promise<void> {
    const all = this.underWay;
    this.underWay = [];
    await noteOutcomes(
      dataSource,
      this.id,
      all.map((student) => ({
        ...{ code: student.person.code, revision: student.revision, state: endOf(student) },
        ...(endOf(student) === 'failed' && { cause: 'username-taken', reason: { ru: 'занято', en: 'taken' } }),
      })),
    );
  }

  /** Until every person whom a file changes has ended. */
  async settle(): Promise<void> {
    for (let round = 0; round < 50; round++) {
      await this.work();
      if (this.underWay.length === 0) return;
      await this.end();
    }
    throw new Error('the window does not run dry');
  }

  /** The last word on each person. */
  get last(): Record<string, StudentChanged> {
    return Object.fromEntries(this.published.map((student) => [student.person.code, student]));
  }

  async files(): Promise<ListedFile[]> {
    return (await new FileBook(dataSource).list(this.id, { limit: 200 })).files.reverse();
  }

  /** Everything in the folder, by its place, the day apart. */
  async lies(): Promise<string[]> {
    const all = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .map((path) => path.replace(/\d{4}-\d\d-\d\d/, 'DAY').replace(/\b\d+-/, 'N-'))
      .sort();
  }

  async report(file: ListedFile): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(this.folder, `${file.filedAs}.report.json`), 'utf8')) as never;
  }
}
