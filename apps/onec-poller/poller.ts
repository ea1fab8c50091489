import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountsPer, CloudEvent } from '#contracts';
import type { FoundTrouble } from '#persistence';
import { alarm, log } from '#platform';
import { choose, clockTick, placeLifetime } from '#window';
import { restBeforeQuestion, type Moment } from './asking/when.js';
import { Bindings, bindingsEvery } from './asking/bindings.js';
import type { AnswerNoted, Begun, Withdrawn, WindowLedger } from './ledger/window-ledger.js';
import { foldPage, type Offer } from './window/offer.js';
import { NamelessElements } from './asking/nameless.js';
import { OwnErrors } from './asking/own-errors.js';
import { pollerAlarms } from './troubles.js';
import type { Progress } from './progress.js';
import { beginTraces } from './window/traces.js';
import { eventOf } from './window/publication.js';
import type { StudentSource } from './asking/source.js';
import { take } from './window/take.js';
import type { Choice } from './window/places.js';

export interface PollerRules {
  system: string;
  /** Students in flight at the most. */
  window: number;
  /** Rest between two questions when there was nothing new, milliseconds. */
  interval: number;
  /** What a person key is. */
  per: AccountsPer;
}

export interface PollerPorts {
  ledger: WindowLedger;
  source: StudentSource;
  publisher: { publishAll(events: readonly CloudEvent[]): Promise<void> };
  /** Is any service of the system paused? */
  paused(): boolean;
  progress: Progress;
  /** All that a check finds now, for `itk status` and the doctor. */
  found(check: string, troubles: readonly FoundTrouble[]): Promise<void>;
  now(): number;
}

/** The running clock is noted no more often than this, milliseconds. */
const tickEvery = 5_000;
/** Rest while there is nothing to do but to look whether something has changed, milliseconds. */
const look = 500;

/**
 * The window of one system. Built for one tenure: from the moment when this process became the one that asks until it
 * stops, loses the lease, or something fails; then a new one begins from what the ledger says.
 */
export class Poller {
  private readonly logger = log('Poller');
  private questionAt?: number;
  /** When the last answer's students had been published, and how many places were taken then. */
  private answered?: { time: number; took: number; taken: number };
  /** Somebody wants 1C asked before the interval is over. */
  private due = false;
  private broughtNew = false;
  private readonly bindings: Bindings;
  private readonly ownErrors: OwnErrors;
  private readonly nameless: NamelessElements;
  private tickAt: number;
  private readonly offers: Parameters<typeof foldPage>[2] = new WeakMap();
  private woken = false;
  private wakeUp: () => void = () => {};

  constructor(
    private readonly rules: PollerRules,
    private readonly ports: PollerPorts,
    private readonly begun: Begun,
  ) {
    this.bindings = new Bindings(rules.system, ports, begun);
    this.ownErrors = new OwnErrors(rules, ports, begun);
    this.nameless = new NamelessElements(rules.system, ports);
    this.tickAt = ports.now();
    if (begun.givenUp.length > 0) {
      ports.progress.gaveUp(begun.givenUp.length);
      this.logger.warn('places that were written but not confirmed are given up', {
        system: rules.system,
        codes: begun.givenUp.slice(0, 20),
        number: begun.givenUp.length,
      });
    }
  }

  /** Becomes the poller of the system: an older one may write no more. */
  static async begin(rules: PollerRules, ports: PollerPorts): Promise<Poller> {
    return new Poller(rules, ports, await ports.ledger.begin(rules.system));
  }

  /** Asks until stopped. Throws what fails; then this poller is over. */
  async run(stop: AbortSignal, onAnswer: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    while (!stop.aborted) {
      const asked = this.questionAt;
      const rest = await this.step(stop);
      if (this.questionAt !== asked) await onAnswer();
      if (rest > 0) await this.rest(rest, stop);
    }
  }

  /** Places may have become free. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** The next turn asks, whenever the last question was. */
  askNow(): void {
    this.due = true;
    this.bindings.askNow();
    this.wake();
  }

  /** One turn; answers after how many milliseconds the next is worth while. */
  async step(stop?: AbortSignal): Promise<number> {
    const paused = this.ports.paused();
    await this.tick(paused);
    if (paused) return look;
    await this.bindings.ask(stop);
    await this.askErrors(stop);
    const { inFlight, owed } = await this.state();
    if (owed.length > 0 && inFlight.size < this.rules.window) await this.settle([], inFlight, owed);
    const rest = restBeforeQuestion(
      {
        paused: this.ports.paused(),
        window: this.rules.window,
        taken: inFlight.size + owed.length,
        ...(this.questionAt !== undefined && !this.due && { sinceQuestion: this.ports.now() - this.questionAt }),
        broughtNew: this.broughtNew,
        interval: this.rules.interval,
        ...this.pace(inFlight.size),
      },
      look,
    );
    if (rest > 0) return Math.min(rest, bindingsEvery);
    if (stop?.aborted) return 0;
    await this.ask(inFlight);
    return 0;
  }

  private pace(taken: number): Pick<Moment, 'answer'> {
    if (this.answered === undefined) return {};
    const { time, took, taken: before } = this.answered;
    return { answer: { took, since: this.ports.now() - time, freed: before - taken } };
  }

  private async state() {
    const state = await this.ports.ledger.state(this.rules.system);
    this.ports.progress.places(state.inFlight.size);
    return state;
  }

  /** Moves the running clock on; gives up who stayed away for too long. */
  private async tick(paused: boolean): Promise<void> {
    const now = this.ports.now();
    const elapsed = now - this.tickAt;
    if (paused) {
      // What had run before the pause began was noted no later than `tickEvery` ago.
      this.tickAt = now;
      return;
    }
    if (elapsed < tickEvery) return;
    this.tickAt = now;
    const gone = await this.ports.ledger.tick(this.begun.tenure, clockTick(elapsed, paused), placeLifetime);
    if (gone.length === 0) return;
    this.ports.progress.gaveUp(gone.length);
    this.logger.error('no report for 6 hours: the places are given up; whoever 1C still offers starts anew', {
      system: this.rules.system,
      codes: gone.slice(0, 20),
      number: gone.length,
    });
  }

  private askErrors(stop?: AbortSignal): Promise<void> {
    return this.ownErrors.ask(async (offers, noted) => {
      const { inFlight, owed } = await this.ports.ledger.state(this.rules.system);
      await this.settle(offers, inFlight, owed, this.ports.now(), noted);
    }, stop);
  }

  private async ask(inFlightWhenAsked: Set<string>): Promise<void> {
    const readAt = this.ports.now();
    const page = await this.ownErrors.page(readAt);
    this.questionAt = readAt;
    this.due = false;
    this.ports.progress.page(page.length);
    const { offers, nameless } = foldPage(page, this.rules, this.offers);
    await this.nameless.found(nameless);
    const { owed } = await this.ports.ledger.state(this.rules.system);
    const choice = await this.settle(offers, inFlightWhenAsked, owed, readAt, { page: true });
    await this.askErrors();
    const time = this.ports.now();
    this.answered = { time, took: time - readAt, taken: this.rules.window - choice.free };
    this.broughtNew = choice.places.length + choice.left + choice.owed.length > 0;
    alarm(
      pollerAlarms.flagsLost,
      this.rules.system,
      choice.heldOff.length > 0,
      '1C does not keep flags: it offers the same content again and again after being told. Check the zone of the infobase (synchronizer.zone), its clock, and the register Synchronization',
      { codes: choice.heldOff.slice(0, 20), number: choice.heldOff.length },
    );
    if (choice.places.length > 0) {
      this.logger.debug('1C offered students', {
        system: this.rules.system,
        offered: page.length,
        published: choice.places.length,
        waiting: choice.waiting,
        left: choice.left,
      });
    }
  }

  /** Places, publications and marks, in this order: a process that dies in between leaves what the next one can tell. */
  private async settle(
    offers: Parameters<typeof choose<Offer>>[0]['offers'],
    inFlightWhenAsked: Set<string>,
    owed: Parameters<typeof choose<Offer>>[0]['owed'],
    readAt = this.ports.now(),
    noted: AnswerNoted = {},
  ): Promise<Choice> {
    const { ledger, publisher, progress } = this.ports;
    const { system, window } = this.rules;
    const { tenure } = this.begun;
    const known = await ledger.known(system, [...new Set([...owed, ...offers].map(({ code }) => code))]);
    // Counted last: reports free places all the time, nobody else takes one.
    const { inFlight } = await ledger.state(system);
    for (const student of known.values()) student.inFlight &&= inFlight.has(student.code);
    const choice = await take(
      ledger,
      tenure,
      choose({ owed, offers, known, inFlightWhenAsked, free: window - inFlight.size, now: readAt }),
      noted,
    );
    if (choice.places.length === 0) return choice;
    const published: Withdrawn[] = choice.places.map(({ offer, revision, before }) => ({
      code: offer.code,
      revision,
      ...(before && { before }),
    }));
    const traced = beginTraces(system, choice.places.length, readAt);
    try {
      await publisher.publishAll(
        choice.places.map((place, index) =>
          eventOf(system, place, { traceparent: traced.traceparents[index]!, ...this.bindings.published }),
        ),
      );
      traced.end();
    } catch (error) {
      await ledger.withdraw(tenure, published).catch(() => undefined);
      throw error;
    }
    await ledger.mark(tenure, published);
    progress.sent(published.length);
    return choice;
  }

  private async rest(milliseconds: number, stop: AbortSignal): Promise<void> {
    const waking = new AbortController();
    this.wakeUp = () => waking.abort();
    if (this.woken) waking.abort();
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([stop, waking.signal]) }).catch(() => undefined);
    this.wakeUp = () => {};
    this.woken = false;
  }
}
