import CircuitBreaker from 'opossum';
import { Logger } from '@nestjs/common';
import type { Failure } from '#contracts';
import { databaseAway, databaseSetting, type Admission, type Guard } from '#messaging';
import type { Pause } from '#persistence';
import { rest } from '#platform';
import { abortable } from './waiting.js';

/** What the guard needs of the table of pauses. */
export interface Pauses {
  of(system: string, service: string): Pause[];
  put(pause: {
    system: string;
    service: string;
    kind: 'outage' | 'configuration';
    reason: Failure['reason'];
    cure?: Failure['reason'];
    by: string;
  }): Promise<void>;
  lift(which: { system: string; service: string; kind: 'outage' | 'configuration' }): Promise<boolean>;
  onChange(listener: () => void): () => void;
}

/** Milliseconds. */
export interface GuardTimes {
  /** From one probe of a system that is away to the next. */
  probeEvery: number;
  /** A probe that takes longer has failed. */
  probeTimeout: number;
  /** From one trial message to the next while a wrong setting stands. */
  trialEvery: number;
}
export const usualTimes: GuardTimes = { probeEvery: 10_000, probeTimeout: 15_000, trialEvery: 60_000 };
/** A probe of 1C waits for the calls of other services to the infobase, and a cold 1C takes half a minute to answer. */
export const timesForOneC: GuardTimes = { ...usualTimes, probeTimeout: 90_000 };

/** Work that lasted so long was sound: what breaks it is a new trouble (milliseconds). */
const soundAfter = 30_000;
const rests = [0, 1_000, 2_000, 5_000, 15_000, 30_000];

/**
 * The breaker and the pauses of one service towards one system.
 *
 * The circuit is around a harmless probe, not around the work: a failure in the work asks the probe at once, and only
 * when the probe fails too is the system away. The pause stands in the database, so that it outlives a restart and
 * every replica finds it. A person's pause ends only by a person.
 */
export class SystemGuard implements Guard {
  private readonly log = new Logger(SystemGuard.name);
  private readonly breaker: CircuitBreaker<[], void>;
  private probing?: Promise<unknown>;
  private pausing = new AbortController();
  private readonly forget: () => void;
  private databaseAway = false;
  /** How often the database failed the work right after it had answered. */
  private inVain = 0;
  private admittedAt = 0;
  private admitted: Admission = 'open';
  /** When a waiting message may be tried next while a wrong setting stands; a process that just started tries at once. */
  private nextTrial = 0;

  constructor(
    readonly service: string,
    readonly system: string,
    private readonly pauses: Pauses,
    probe: () => Promise<unknown>,
    /** Resolves when the database answers. */
    private readonly databaseAnswers: () => Promise<unknown>,
    private readonly times: GuardTimes = usualTimes,
    /** Of whoever lets messages be tried. */
    readonly answered: () => number = () => 0,
  ) {
    // A probe that the breaker gave up may hang for minutes yet, and hold the infobase's lock: no second one beside it.
    const alone = (): Promise<unknown> => (this.probing ??= probe().finally(() => (this.probing = undefined)));
    this.breaker = new CircuitBreaker(async () => void (await alone()), {
      timeout: times.probeTimeout,
      resetTimeout: times.probeEvery,
      errorThresholdPercentage: 0,
      name: `${service} ${system}`,
    });
    this.forget = pauses.onChange(() => this.endIfPaused());
  }

  paused(): AbortSignal {
    return this.pausing.signal;
  }

  async admission(stop: AbortSignal): Promise<Admission> {
    if (this.databaseAway) await this.untilTheDatabaseAnswers(stop);
    for (;;) {
      stop.throwIfAborted();
      const kinds = this.standing();
      if (kinds.length === 0) return this.admit('open');
      if (kinds.includes('person') || kinds.includes('broker')) await this.nextChange(stop);
      else if (kinds.includes('outage')) await this.probeWhenHalfOpen(stop);
      else if (Date.now() >= this.nextTrial) return this.admit('trial');
      else await this.nextChange(stop, this.nextTrial - Date.now());
    }
  }

  async judge(failure: Failure, error: unknown): Promise<'handBack' | 'ladder'> {
    if (failure.cause === databaseAway || failure.cause === databaseSetting) {
      if (failure.cause === databaseSetting) this.log.error(`${failure.reason.en}. ${failure.cure?.en ?? ''}`);
      this.databaseAway = true;
      this.inVain = Date.now() - this.admittedAt < soundAfter ? this.inVain + 1 : 0;
      this.pausing.abort();
      return 'handBack';
    }
    if (failure.kind === 'configuration') {
      this.nextTrial = Date.now() + this.times.trialEvery;
      if (this.breaker.opened) this.breaker.close(); // it answers
      await this.pause('configuration', failure);
      return 'handBack';
    }
    try {
      await this.breaker.fire();
      return 'ladder';
    } catch (probeError) {
      const names = [error, probeError].map((each) => (each as Error | undefined)?.name ?? failure.cause);
      const setting = settingOf(probeError);
      if (setting) return this.judge(setting, probeError);
      this.log.warn(`${this.system} is away: the work failed with ${names[0]}, the probe with ${names[1]}`);
      await this.pause('outage', failure);
      return 'handBack';
    }
  }

  async mended(): Promise<void> {
    await this.pauses.lift({ system: this.system, service: this.service, kind: 'configuration' });
    this.log.log(`${this.system}: the setting is mended, work goes on`);
  }

  async untried(): Promise<void> {
    await this.pauses.lift({ system: this.system, service: this.service, kind: 'configuration' });
    this.log.log(`${this.system}: nothing waits by which the setting could be tried, the next message will`);
  }

  close(): void {
    this.forget();
    this.breaker.shutdown();
  }

  private admit(admission: Admission): Admission {
    this.admitted = admission;
    this.admittedAt = Date.now();
    this.pausing = new AbortController();
    if (admission === 'trial') this.nextTrial = Date.now() + this.times.trialEvery;
    else if (this.breaker.opened) this.breaker.close();
    this.endIfPaused(); // a pause may have come in between
    return admission;
  }

  private standing(): Pause['kind'][] {
    return this.pauses.of(this.system, this.service).map((pause) => pause.kind);
  }

  /** Where the broker takes nothing, nothing could be handed back either: what is in hand waits where it is. */
  private endIfPaused(): void {
    const kinds = this.standing().filter((kind) => kind !== 'broker');
    const ends = this.admitted === 'trial' ? kinds.some((kind) => kind !== 'configuration') : kinds.length > 0;
    if (ends) this.pausing.abort();
  }

  private async pause(kind: 'outage' | 'configuration', failure: Failure): Promise<void> {
    this.pausing.abort();
    await this.pauses.put({
      system: this.system,
      service: this.service,
      kind,
      reason: failure.reason,
      ...(failure.cure && { cure: failure.cure }),
      by: this.service,
    });
  }

  /** Waits for a change of the pauses, `atMost` so many milliseconds. */
  private nextChange(stop: AbortSignal, atMost?: number): Promise<void> {
    return abortable(stop, (resolve) => {
      const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
      const forget = this.pauses.onChange(() => resolve());
      return () => {
        clearTimeout(timer);
        forget();
      };
    });
  }

  private async probeWhenHalfOpen(stop: AbortSignal): Promise<void> {
    if (!this.breaker.opened && !this.breaker.halfOpen) this.breaker.open(); // another process had seen the outage
    if (!this.breaker.halfOpen) {
      await abortable(stop, (resolve) => {
        this.breaker.once('halfOpen', resolve);
        const forget = this.pauses.onChange(() => resolve());
        return () => {
          this.breaker.off('halfOpen', resolve);
          forget();
        };
      });
    }
    const kinds = this.standing();
    if (!this.breaker.halfOpen || !kinds.includes('outage') || kinds.includes('person')) return;
    try {
      await this.breaker.fire();
    } catch (error) {
      const setting = settingOf(error);
      if (!setting) return; // open again until the next probe
      await this.judge(setting, error);
    }
    await this.pauses.lift({ system: this.system, service: this.service, kind: 'outage' });
    this.log.log(`${this.system} answers again, work goes on`);
  }

  /** What answers here may not be all that the work needs - a new connection, a lock: each time it rests longer. */
  private async untilTheDatabaseAnswers(stop: AbortSignal): Promise<void> {
    if (this.inVain > 0) await rest(rests[Math.min(this.inVain, rests.length) - 1]!, stop);
    while (this.databaseAway) {
      stop.throwIfAborted();
      await this.databaseAnswers().then(
        () => (this.databaseAway = false),
        () => rest(500, stop),
      );
    }
  }
}

/** A system that refuses the probe for a setting answers: it is not away, and there is a cure. */
function settingOf(error: unknown): Failure | undefined {
  const failure = (error as { failure?: Failure } | undefined)?.failure;
  return failure?.kind === 'configuration' ? failure : undefined;
}
