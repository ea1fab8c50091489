import { both, eventTypes, makeEvent, type CloudEvent } from '#contracts';
import { continueTrace } from '#messaging';
import { log } from '#platform';
import { choose, clockTick, placeLifetime, type Place } from '#window';
import type { Tenure } from './ledger/tenure.js';
import type { Unpublished, WindowLedger } from './ledger/window-ledger.js';
import { offerOf, type ContentRules, type Offer } from './rules/content.js';

export const service = 'ims-gateway';

export interface WindowPorts {
  ledger: WindowLedger;
  publisher: { publishAll(events: readonly CloudEvent[]): Promise<void> };
  now(): number;
}

/** The running clock is noted no more often than this, milliseconds. */
const tickEvery = 5_000;
/** The same content that has gone out too often waits for so long, milliseconds. */
const heldOffFor = 20 * 60_000;

const unusable = (where: string): Pick<Unpublished, 'cause' | 'reason'> => ({
  cause: 'record-unusable',
  reason: both(
    `Сведения файлов об этом человеке нельзя передать: ${where}`,
    `What files say of this person cannot be told: ${where}`,
  ),
});

/** Publishes whom files have changed, as far as there are places: 100,000 persons do not flood the queues. */
export class Window {
  private tickAt: number;

  constructor(
    private readonly rules: ContentRules & { window: number },
    private readonly ports: WindowPorts,
    private readonly tenure: Tenure,
  ) {
    this.tickAt = ports.now();
  }

  /** Places grow old, but not in a pause. */
  async tick(paused: boolean): Promise<void> {
    const now = this.ports.now();
    const elapsed = now - this.tickAt;
    if (!paused && elapsed < tickEvery) return;
    this.tickAt = now;
    if (paused) return;
    const gone = await this.ports.ledger.tick(this.tenure, clockTick(elapsed, false), placeLifetime);
    if (gone.length > 0)
      log('Window').error('no outcome for 6 hours: the places are given up, and the persons are due again', {
        system: this.rules.system,
        codes: gone.slice(0, 20),
        number: gone.length,
      });
  }

  /** Answers whether something was done: then more may be due. */
  async step(): Promise<boolean> {
    const { ledger, now } = this.ports;
    const time = now();
    const { persons, known, free } = await ledger.due(this.rules.system, this.rules.window, time);
    if (persons.length === 0) return false;
    const settled: Unpublished[] = [];
    const underWay: string[] = [];
    const offers: Offer[] = [];
    for (const person of persons) {
      const offer = offerOf(person, this.rules);
      const { hash, ended, inFlight } = known.get(offer.code)!;
      if (offer.kind === 'unusable') settled.push({ code: offer.code, state: 'failed', ...unusable(offer.where) });
      else if (offer.hash === hash && inFlight) underWay.push(offer.code);
      else if (offer.hash === hash && ended === 'done') settled.push({ code: offer.code, state: 'done' });
      else offers.push(offer);
    }
    await ledger.settle(this.tenure, settled, underWay);
    const choice = choose({ owed: [], offers, known, inFlightWhenAsked: new Set(), free, now: time });
    await ledger.holdOff(this.tenure, choice.heldOff, time + heldOffFor);
    await this.publish(choice.places);
    return settled.length + underWay.length + choice.places.length > 0;
  }

  /** Places, publications and marks, in this order: a process that dies in between leaves what the next one can tell. */
  private async publish(places: readonly Place<Offer>[]): Promise<void> {
    if (places.length === 0) return;
    const { ledger, publisher } = this.ports;
    await ledger.take(this.tenure, places);
    const published = places.map(({ offer, revision }) => ({ code: offer.code, revision }));
    const events = places.flatMap(({ offer, revision }) =>
      offer.kind === 'student'
        ? [
            makeEvent(
              eventTypes.StudentChanged,
              { ...offer.content, revision },
              { service, traceparent: continueTrace() },
            ),
          ]
        : [],
    );
    try {
      await publisher.publishAll(events);
    } catch (error) {
      await ledger.withdraw(this.tenure, published).catch(() => undefined);
      throw error;
    }
    await ledger.mark(this.tenure, published);
  }
}
