import type { Flag, Refused } from '../answers/pairs.js';
import type { SynchronizerCalls } from '../calls.js';
import { FaultError, MissingOperationError } from '../errors.js';
import type { OperationName } from '../soap/operations.js';

/** A 1C in memory that does what a test tells it: for those who tell it something. */
export class ScriptedOnec {
  /** Until when a student is hidden, unix seconds. */
  readonly flags = new Map<string, number>();
  readonly errors = new Set<string>();
  /** Sizes of SetCronflag calls, in order. */
  readonly calls: number[] = [];
  errorCalls = 0;
  probes = 0;
  /** Any call with one of these ends in an exception of 1C. */
  readonly poison = new Set<string>();
  /** 1C names these and takes the others. */
  readonly unknown = new Set<string>();
  names = ['GetStudents', 'SetCronflag', 'SetErrorCronflag'];
  /** What the client believes of them, until a call shows otherwise. */
  private believed?: string[];
  /** Thrown by the next calls, one each; undefined: that call succeeds. */
  readonly script: (Error | undefined)[] = [];
  private holders = 0;

  async run<T>(work: (calls: SynchronizerCalls) => Promise<T>): Promise<T> {
    this.holders += 1;
    if (this.holders > 1) throw new Error('two at a time in one infobase');
    try {
      return await work(this.asCalls());
    } finally {
      this.holders -= 1;
    }
  }

  offers(operation: OperationName): Promise<boolean> {
    this.believed ??= [...this.names];
    return Promise.resolve(this.believed.includes(operation));
  }

  probe(): Promise<void> {
    this.probes += 1;
    return Promise.resolve(this.play());
  }

  private play(): void {
    const error = this.script.shift();
    if (error) throw error;
  }

  private asCalls(): SynchronizerCalls {
    const unused = () => Promise.reject(new Error('not in this script'));
    return {
      getStudents: unused,
      bindingsSince: unused,
      errorsSince: unused,
      reoffer: unused,
      flagNobody: unused,
      setCronflag: async (flags: readonly Flag[]): Promise<Refused[]> => {
        this.calls.push(flags.length);
        this.play();
        if (flags.some(({ code }) => this.poison.has(code))) throw new FaultError('Ошибка записи');
        const refused = flags.filter(({ code }) => this.unknown.has(code));
        for (const { code, period } of flags) {
          if (this.unknown.has(code)) continue;
          this.flags.set(code, period);
          this.errors.delete(code);
        }
        return refused.map(({ code, period }) => ({ pair: `${code}#${period}`, reason: 'no such student' }));
      },
      setErrorCronflag: async (code: string): Promise<void> => {
        this.errorCalls += 1;
        this.play();
        if (!this.names.includes('SetErrorCronflag')) {
          this.believed = undefined;
          throw new MissingOperationError('SetErrorCronflag');
        }
        if (this.poison.has(code)) throw new FaultError('Ошибка записи');
        this.errors.add(code);
      },
    };
  }
}
