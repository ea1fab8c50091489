import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { makeEvent, type StudentChanged, type UserProvisioned } from '#contracts';
import type { Outcome } from '#messaging';
import { MoodleClient } from '#moodle';
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import type { Change, Missing } from '../intake/arrangement.js';
import { Ledger } from '../ledger/ledger.js';
import { FileAccounts } from '../file/file-accounts.js';
import { MoodleAccounts } from '../moodle/moodle-accounts.js';
import { noPasswords, SealedPasswords } from '../passwords/passwords.js';
import { Provisioning } from '../provisioning.js';
import { SecretBox } from '../passwords/secret-box.js';
import { secretKey } from '../passwords/secret-keys.js';
import type { accountSettings } from '../rules/settings.js';
import { settings as usualSettings } from './contents.js';

export type AccountsGiven = Partial<Parameters<typeof accountSettings>[0]['accounts']>;

/** The whole service but the broker: real tables, and the stand-in Moodle. */
export class ProvisionerSetup {
  readonly provisioning: Provisioning;
  readonly follow: UserProvisioned[] = [];
  /** SQL statements of the last batch. */
  statements = 0;
  now = Date.now();

  private constructor(
    readonly moodle: SandboxMoodle,
    readonly dataSource: DataSource,
    readonly system: string,
    accounts: AccountsGiven,
    maxInputVars: number,
    readonly passwords = new SealedPasswords(sealing(randomBytes(32)), system),
    inFile = false,
  ) {
    const settings = usualSettings(accounts, system, inFile);
    const client = new MoodleClient({
      system,
      url: moodle.url,
      token: () => moodle.token,
      maxInputVars,
      concurrency: 2,
      timeoutMs: 5_000,
      deadlockPauseMs: 1,
    });
    const counted = {
      query: (sql: string, parameters?: unknown[]) => {
        this.statements++;
        return dataSource.query(sql, parameters);
      },
    };
    this.provisioning = new Provisioning({
      settings,
      ledger: new Ledger(counted as DataSource, system),
      accounts: inFile ? new FileAccounts(dataSource, system) : new MoodleAccounts(client),
      passwords: settings.password === 'random' ? this.passwords : noPasswords,
      now: () => this.now,
    });
  }

  static async open(
    dataSource: DataSource,
    accounts: AccountsGiven = {},
    { maxInputVars = 1000, inFile = false, system = `s${randomBytes(6).toString('hex')}` } = {},
  ): Promise<ProvisionerSetup> {
    const moodle = await createSandboxMoodle({ switches: { maxInputVars } });
    return new ProvisionerSetup(moodle, dataSource, system, accounts, maxInputVars, undefined, inFile);
  }

  /** A process that starts anew over the same tables and the same Moodle, perhaps otherwise configured. */
  restarted(accounts: AccountsGiven = {}): ProvisionerSetup {
    return new ProvisionerSetup(this.moodle, this.dataSource, this.system, accounts, 1000, this.passwords);
  }

  close(): Promise<void> {
    return this.moodle.close();
  }

  /** Delivers a batch; what follows is kept in {@link follow}. */
  async deliver(...events: (Change | Missing)[]): Promise<Outcome[]> {
    this.statements = 0;
    const { outcomes, follow } = await this.provisioning.run(events);
    this.follow.push(...follow.map(({ data }) => data));
    return outcomes;
  }

  async students(...students: StudentChanged[]): Promise<Outcome[]> {
    return this.deliver(...students.map((data) => changed(data)));
  }

  /** Calls of Moodle during `work`. */
  async calls(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = { ...this.callsByFunction() };
    await work();
    const now = this.callsByFunction();
    return Object.fromEntries(
      Object.entries(now)
        .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    );
  }

  private callsByFunction(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.moodle.state.counters.functions).map(([name, counter]) => [name, counter.calls]),
    );
  }

  account(key: string) {
    return this.moodle.state.users.withIdnumber(key).filter(({ deleted }) => !deleted);
  }

  /** Everybody but the three that a fresh site has. */
  everybody() {
    return [...this.moodle.state.users.all()].filter(({ id, deleted }) => id > 3 && !deleted);
  }
}

/** A box that these keys open; the first seals. */
export function sealing(...keys: Buffer[]): SecretBox {
  const read = keys.map(secretKey);
  return new SecretBox(() => read);
}

export const changed = (data: StudentChanged): Change =>
  makeEvent('itk.student.changed.v1', data, { service: 'onec-poller' });
export const vanished = (code: string, time = new Date()): Missing =>
  makeEvent('itk.account.missing.v1', { system: 'lms', code }, { service: 'course-enroller', time });
