import { SynchronizationError } from '#contracts';
import type { SynchronizerClient, SynchronizerCalls } from '#synchronizer';
import { clientOf, runComponent, type RunningComponent } from '../../apps/onec-component/testing/running-component.js';
import { foldPage } from '../../apps/onec-poller/window/offer.js';
import { OnecSource } from '../../apps/onec-poller/asking/source.js';
import type { Switches } from '../../sandbox/onec/proxy/switches.js';
import { createSandboxOneC, type SandboxOneC, type SandboxOptions } from '../../sandbox/onec/server.js';

const els = 'LMS';

/** Habits of a publication that leave its data whole, each by its name. */
export const habits: Record<string, Partial<Switches>> = {
  'a mark of byte order': { bom: true },
  'a mark of byte order in the result': { bomInResult: true },
  'line feeds alone': { crlf: false },
  'a declaration': { declaration: true },
  'another prefix': { prefix: 'ns1' },
  'no-break spaces in numbers': { nbsp: true },
  'students in another order': { shuffled: true },
  'every student twice': { repeated: true },
  'an element that keeps no form': { brokenElement: true },
  'errors that take no place of Limit': { limitCountsErrors: false },
  'unknown codes passed over': { unknownCodes: 'skip' },
  'an exception for unknown codes': { unknownCodes: 'fault' },
  'periods as the wall clock of UTC': { conversion: 'utcWall' },
  'flags answered by an empty string': { flagResult: '' },
  'flags answered by nothing': { flagResult: 'absent' },
  'the operations of the paper alone': { missingOperations: ['BindingsSince', 'ErrorsSince', 'Reoffer'] },
  'other names of fields': { rename: { code: 'Код', lastname: 'Фамилия', courses: 'Курсы', year: 'Год' } },
  'no sessions': { sessions: { mode: 'dontuse', poolSize: 1, poolTimeout: 10, maxAge: 20_000 } },
  'a pool of one session': { sessions: { mode: 'autouse', poolSize: 1, poolTimeout: 2_000, maxAge: 20_000 } },
  'one session': { sessions: { mode: 'use', poolSize: 1, poolTimeout: 10, maxAge: 20_000 } },
  'sessions forgotten at once': { sessions: { mode: 'use', poolSize: 10, poolTimeout: 10, maxAge: -1 } },
  'one licence': { licences: 1 },
  'slow answers': { latency: { warm: 2, cold: 20, coldAfter: 0 } },
};

/** Faults that pass: the next question is answered. The answer to a question may be lost on the way. */
export const faults: Record<string, Partial<Switches>> = {
  ...Object.fromEntries(
    [400, 402, 404, 406, 500, 502, 503, 504].map((status): [string, Partial<Switches>] => [
      `${status} for a while`,
      { status },
    ]),
  ),
  'a log-in page for a while': { html: true },
  'an exception for a while': { fault: 'Деление на 0' },
  'lost connections for a while': { reset: true },
  'no answer once': { silent: true, failingCalls: 1 },
  'bodies cut short for a while': { cut: 'body' },
  'connections lost within the body for a while': { cut: 'connection' },
  'locked for a while': { locked: { form: 'xml', bom: true, status: 403 } },
};

/** What came out of 1C, student by student, in the words of the reference model. */
export interface Came {
  students: Map<string, unknown>;
  faults: Map<string, string>;
  /** Codes of live Error rows. */
  flagged: Set<string>;
  /** Codes of elements that nobody could use. */
  unusable: Set<string>;
}

/** A university behind the sandbox and the component, to be read out again and again. */
export class Setup {
  private constructor(
    readonly sandbox: SandboxOneC,
    private readonly component: RunningComponent,
  ) {}

  static async open(options: SandboxOptions): Promise<Setup> {
    const sandbox = await createSandboxOneC({ systems: [els], ...options });
    const component = await runComponent(`${sandbox.url}/snapshot`);
    sandbox.component = component.url;
    return new Setup(sandbox, component);
  }

  async close(): Promise<void> {
    await this.component.close();
    await this.sandbox.close();
  }

  expected(): Pick<Came, 'students' | 'faults'> {
    const all = [...this.sandbox.expected(els)];
    return {
      students: new Map(all.flatMap(([code, one]) => (one.kind === 'student' ? [[code, one]] : []))),
      faults: new Map(all.flatMap(([code, one]) => (one.kind === 'fault' ? [[code, one.fault]] : []))),
    };
  }

  /** Page after page as the poller reads them, flagging everyone for a month, until nobody is offered. */
  async readOut(switches: Partial<Switches>, how: { limit: number; inOneRun: boolean }): Promise<Came> {
    this.sandbox.reset();
    this.sandbox.forgetSessions();
    await this.component.dataSource.query('truncate onec_component.synchronization');
    Object.assign(this.sandbox.switches, switches);
    const client = clientOf(this.sandbox.webService, {
      rename: switches.rename ?? {},
      busyPause: 1,
      timeouts: switches.silent
        ? { connect: 1_500, call: 1_500, cold: 1_500 }
        : { connect: 10_000, call: 20_000, cold: 20_000 },
    });
    const came: Came = { students: new Map(), faults: new Map(), flagged: new Set(), unusable: new Set() };
    const read = (calls: SynchronizerCalls | SynchronizerClient) => this.pages(client, calls, how.limit, came);
    await (how.inOneRun ? client.run(read) : read(client));
    const rows: { student: string }[] = await this.component.dataSource.query(
      'select student from onec_component.synchronization where error',
    );
    for (const { student } of rows) came.flagged.add(student);
    return came;
  }

  private async pages(
    client: SynchronizerClient,
    calls: Pick<SynchronizerCalls, 'getStudents' | 'setCronflag'>,
    limit: number,
    came: Came,
  ): Promise<void> {
    const source = new OnecSource(
      {
        getStudents: (name, most) => calls.getStudents(name, most),
        bindingsSince: client.bindingsSince.bind(client),
        errorsSince: client.errorsSince.bind(client),
        offers: client.offers.bind(client),
      },
      els,
      'student',
    );
    for (let page = 0; ; page++) {
      if (page > 200) throw new Error('1C offers students without an end');
      const { offers } = foldPage(await this.patiently(() => source.students(limit)), { per: 'individual' });
      for (const { kind, code } of offers) if (kind === 'contract') came.unusable.add(code);
      if (offers.every(({ kind }) => kind === 'contract')) return;
      for (const offer of offers) {
        if (offer.kind === 'contract') continue;
        if (came.students.has(offer.code) || came.faults.has(offer.code)) throw new Error(`${offer.code} came twice`);
        if (offer.kind === 'error') came.faults.set(offer.code, offer.text.split(':')[0]!);
        else came.students.set(offer.code, inWordsOfTheModel(offer));
      }
      const period = Math.floor(Date.now() / 1000) + 30 * 86_400;
      const flags = offers.flatMap(({ kind, code }) => (kind === 'student' ? [{ code, period }] : []));
      await this.patiently(() => calls.setCronflag(flags, els));
    }
  }

  /** As the services do: what speaks of 1C and not of a student is tried again. A lock ends after a while. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let time = 1; ; time++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof SynchronizationError) || time > 10) throw error;
        if (time > 2) this.sandbox.switches.locked = null;
      }
    }
  }
}

function inWordsOfTheModel({
  person,
  study,
  courses,
}: Extract<ReturnType<typeof foldPage>['offers'][number], { kind: 'student' }>) {
  const { individual, lastname, firstname, middlename } = person;
  const { group, semester, curriculum } = study;
  return {
    kind: 'student',
    ...{ individual, lastname, firstname, middlename, group, semester, curriculum },
    courses: courses.map(({ id }) => id),
  };
}
