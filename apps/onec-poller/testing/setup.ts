import type { CloudEvent, StudentChanged, SynchronizationFailed } from '#contracts';
import type { FoundTrouble } from '#persistence';
import type { WindowLedger } from '../ledger/window-ledger.js';
import type { PageElement } from '../window/offer.js';
import { Poller, type PollerPorts, type PollerRules } from '../poller.js';
import type { Progress } from '../progress.js';

const hour = 3_600_000;
const month = 30 * 24 * hour;

export interface ModelStudent {
  code: string;
  /** Another content each time it grows. */
  version: number;
  /** Milliseconds until which the register hides the student. */
  hiddenUntil: number;
  /** 1C itself finds a fault and sets an Error row as it lists the student. */
  faultyIn1C: boolean;
  /** The rest of the way fails with this student. */
  faultyInMoodle: boolean;
  /** 1C loses what it is told of the student. */
  losesFlags: boolean;
}

interface UnderWay {
  code: string;
  revision: number;
  version: number;
  publishedAt: number;
}

export const noProgress = Object.fromEntries(
  ['began', 'ended', 'places', 'page', 'sent', 'sentBindings', 'gaveUp'].map((name) => [name, () => undefined]),
) as unknown as Progress;

/**
 * A model of 1C's register, of everything behind the poller, and of time; written from the rules, not from the code.
 * It complains of every publication that breaks a law of the window.
 */
export class PollerSetup {
  now = 1_750_000_000_000;
  paused = false;
  readonly students = new Map<string, ModelStudent>();
  /** Events published and not yet worked off. */
  readonly underWay: UnderWay[] = [];
  readonly complaints: string[] = [];
  readonly publications: { code: string; version: number; time: number; revision: number }[] = [];
  /** Errors of 1C: how often it set a row, and how often that came to the journal. */
  readonly errorsSet = new Map<string, number>();
  readonly errorsJournaled = new Map<string, number>();
  /** Errors that 1C has found, by number; told again only where it does so. */
  readonly faults = new Map<string, { code: string; error: string; sequence: number }>();
  private lastFault = 0;
  readonly troubles = new Map<string, readonly FoundTrouble[]>();
  questions = 0;
  mostUnderWay = 0;
  /** SetErrorCronflag in the last hour. */
  private errorFlags: number[] = [];
  private readonly later = new Map<string, number>();
  /** What happens while 1C is answering. */
  duringQuestion: () => Promise<void> = () => Promise.resolve();
  /** Hook before and after every call of the poller: throws to play a death. */
  step: (name: string, when: 'before' | 'after') => void = () => {};

  constructor(
    readonly ledger: WindowLedger,
    readonly rules: PollerRules,
    /** As our component does; a foreign 1C says an error once. */
    readonly tellsErrorsAgain = true,
  ) {}

  add(student: Partial<ModelStudent> & { code: string }): void {
    this.students.set(student.code, {
      version: 0,
      hiddenUntil: 0,
      faultyIn1C: false,
      faultyInMoodle: false,
      losesFlags: false,
      ...student,
    });
  }

  hidden = ({ hiddenUntil }: ModelStudent): boolean => hiddenUntil >= this.now;

  private list(limit: number): PageElement[] {
    const offered = [...this.students.values()].filter((student) => !this.hidden(student)).slice(0, limit);
    return offered.map((student): PageElement => {
      const { code, version } = student;
      if (student.faultyIn1C) {
        if (!student.losesFlags) student.hiddenUntil = this.now + month;
        this.errorsSet.set(code, (this.errorsSet.get(code) ?? 0) + 1);
        const error = `Status Error ${version}: ${code}`;
        this.faults.delete(code);
        this.faults.set(code, { code, error, sequence: (this.lastFault += 1) });
        return { kind: 'error', code, text: error };
      }
      const person = { code, lastname: 'x', firstname: 'y', middlename: '', kind: 'student' as const };
      const study = {
        group: 'g',
        semester: version,
        year: 2025,
        field: 'f',
        profile: 'p',
        mode: 'm',
        site: 's',
        curriculum: 'c',
      };
      return { kind: 'student', code, person, study, courses: [] };
    });
  }

  ports(): PollerPorts {
    const played = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      this.step(name, 'before');
      const result = await work();
      this.step(name, 'after');
      return result;
    };
    const ledger = new Proxy(this.ledger, {
      get: (target, name: keyof WindowLedger) =>
        typeof target[name] === 'function'
          ? (...given: never[]) =>
              played(`ledger.${name}`, () => (target[name] as (...g: never[]) => Promise<unknown>)(...given))
          : target[name],
    });
    return {
      ledger,
      source: {
        students: (limit) =>
          played('source.students', async () => {
            this.questions += 1;
            const page = this.list(limit);
            await this.duringQuestion();
            return page;
          }),
        bindingsSince: () => Promise.resolve(undefined),
        errorsSince: (sequence, limit) =>
          played('source.errorsSince', () =>
            Promise.resolve(
              this.tellsErrorsAgain
                ? [...this.faults.values()]
                    .filter((fault) => fault.sequence > sequence)
                    .sort((a, b) => a.sequence - b.sequence)
                    .slice(0, limit)
                : undefined,
            ),
          ),
      },
      publisher: {
        publishAll: (events) =>
          played('publisher', () => Promise.resolve(events.forEach((event) => this.publish(event)))),
      },
      paused: () => this.paused,
      progress: noProgress,
      found: (check, troubles) => Promise.resolve(void this.troubles.set(check, troubles)),
      now: () => this.now,
    };
  }

  begin = (): Promise<Poller> => Poller.begin(this.rules, this.ports());

  private publish(event: CloudEvent): void {
    const data = event.data as StudentChanged | SynchronizationFailed;
    const code = 'person' in data ? data.person.code : data.code;
    const version = 'person' in data ? data.study!.semester : Number(/Error (\d+)/.exec(data.reason.en)![1]);
    const student = this.students.get(code)!;
    if (!('person' in data)) this.errorsJournaled.set(code, (this.errorsJournaled.get(code) ?? 0) + 1);
    const last = this.publications.findLast((publication) => publication.code === code);
    if (last && data.revision <= last.revision)
      this.complaints.push(`${code}: revision ${data.revision} does not grow`);
    if ('person' in data && this.hidden(student) && student.version === version) {
      this.complaints.push(`${code} is published although 1C has hidden the student`);
    }
    if (this.underWay.some((one) => one.code === code && one.version === version)) {
      this.complaints.push(`${code} is published again under way, unchanged`);
    }
    const lastHour = this.publications.filter(
      (one) => one.code === code && one.version === version && one.time > this.now - hour,
    );
    if (lastHour.length >= 3) this.complaints.push(`${code} is published more than three times an hour`);
    this.publications.push({ code, version, time: this.now, revision: data.revision });
    this.underWay.push({ code, revision: data.revision, version, publishedAt: this.now });
    const taken = new Set(this.underWay.map((one) => one.code)).size;
    this.mostUnderWay = Math.max(this.mostUnderWay, taken);
    if (taken > this.rules.window) this.complaints.push(`${taken} under way in a window of ${this.rules.window}`);
  }

  /** The next so many events are worked off: 1C is told, then the report frees the places. */
  async work(count: number): Promise<void> {
    const reports = this.underWay.splice(0, count).map(({ code, revision, version }) => {
      this.tell(this.students.get(code)!, version);
      return { code, revision };
    });
    await this.ledger.reported(this.rules.system, reports);
  }

  private tell(student: ModelStudent, version: number): void {
    if (student.losesFlags || student.faultyIn1C || student.version !== version) return;
    if (!student.faultyInMoodle) {
      student.hiddenUntil = this.now + month;
      return;
    }
    this.errorFlags = this.errorFlags.filter((time) => time > this.now - hour);
    if (this.errorFlags.length < Math.max(20, this.students.size * 0.02)) {
      this.errorFlags.push(this.now);
      student.hiddenUntil = this.now + month;
      return;
    }
    const hours = Math.min(24, (this.later.get(student.code) ?? 0.5) * 2);
    this.later.set(student.code, hours);
    student.hiddenUntil = this.now + hours * hour;
  }

  /** Another content; 1C offers the student again at once, as our component does. */
  change(code: string): void {
    const student = this.students.get(code)!;
    student.version += 1;
    student.hiddenUntil = 0;
    this.faults.delete(code);
  }

  offeredNow = (): string[] =>
    [...this.students.values()].filter((student) => !this.hidden(student)).map(({ code }) => code);
}
