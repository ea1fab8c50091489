import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudEvent } from '#contracts';
import { addressOf } from '#persistence';
import { Gauges } from '../gauges/look.js';
import { Notifier } from '../notices/notifier.js';
import { runCli } from '../cli/program.js';
import { loadConfiguration } from '#platform';
import { Duty } from '../duty.js';
import { ConsoleSetup, noCourse, until, userProvisioned } from './console-setup.js';

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** What the configuration says of the one system beside its names. */
export interface Servers {
  synchronizer: { url: string; user: string; password: string; namespace?: string };
  moodle: { url: string; token: string; roles?: Record<string, number> };
}

/** Beside it, what stands under console.notices. */
interface Configured extends Servers {
  notices?: object;
  /** Of the system. */
  ims?: object;
  /** In place of moodle. */
  imsFile?: object;
  /** Files alone feed it. */
  noOneC?: boolean;
}

/** Nobody listens there. */
const nobody: Servers = {
  synchronizer: { url: 'http://127.0.0.1:1/ws/ITK_Synchronizer.1cws', user: 'itk', password: 'x' },
  moodle: { url: 'http://127.0.0.1:1', token: 'x' },
};

/** The command line, configured for a console's database and queues. */
export class CliSetup {
  readonly console = new ConsoleSetup();
  readonly system = this.console.system;
  environment!: Record<string, string>;
  folder!: string;
  private duties: Duty[] = [];

  async open(servers: Partial<Configured> = {}): Promise<void> {
    await this.console.open();
    this.folder = mkdtempSync(join(tmpdir(), 'itk-cli-'));
    this.configure({ ...nobody, ...servers });
  }

  private configure({
    synchronizer: { password, ...synchronizer },
    moodle: { token, ...moodle },
    notices,
    ims,
    imsFile,
    noOneC,
  }: Configured): void {
    const system = {
      ...{ id: this.system, els: 'LMS' },
      ...(!noOneC && {
        synchronizer: { ...synchronizer, passwordFile: this.file('password', password), zone: 'Europe/Moscow' },
      }),
      ...(imsFile ? { imsFile } : { moodle: { ...moodle, tokenFile: this.file('token', token) } }),
      ...(ims && { ims }),
    };
    this.environment = {
      ITK_LANG: 'en',
      ITK_BY: 'olga',
      DATABASE_URL: addressOf(this.console.dataSource),
      AMQP_URL: process.env.ITK_TEST_AMQP_URL!,
      ITK_CONFIG: this.file(
        'itk.yaml',
        JSON.stringify({ systems: [system], ...(notices && { console: { notices } }) }),
      ),
    };
  }

  /** After each test. */
  async clear(): Promise<void> {
    await Promise.all(this.duties.splice(0).map((duty) => duty.stop()));
    await this.console.clear();
  }

  async close(): Promise<void> {
    await this.console.close();
    rmSync(this.folder, { recursive: true });
  }

  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  readonly itk = async (...given: string[]): Promise<Ended> => {
    let [out, err] = ['', ''];
    const { environment } = this;
    const code = await runCli(given, { out: (text) => (out += text), err: (text) => (err += text), environment });
    return { code, out, err };
  };

  readonly json = async <T = Record<string, never>>(...given: string[]): Promise<T> =>
    JSON.parse((await this.itk(...given, '--json')).out) as T;

  /** A console on duty, or one that stands by, until {@link clear}. */
  startConsole(): Duty {
    const configuration = loadConfiguration(undefined, this.environment);
    const duty = new Duty(
      this.console.dataSource,
      this.console.publisher,
      { make: () => Promise.resolve() },
      new Notifier(this.console.dataSource, configuration),
      new Gauges(this.console.dataSource, configuration),
      { systems: [this.system], broker: { url: process.env.ITK_TEST_AMQP_URL! }, journalDays: 90 },
    );
    duty.start();
    this.duties.push(duty);
    return duty;
  }

  bury(count: number): Promise<CloudEvent[]> {
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const event = userProvisioned(this.system, `00${index}`, 50);
        await this.console.bury(event, noCourse());
        return event;
      }),
    );
  }

  drained(count: number): Promise<void> {
    return until('all are drained', async () => (await this.console.failures()).length === count);
  }
}
