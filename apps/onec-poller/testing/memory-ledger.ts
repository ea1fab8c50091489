import type { Known } from '#window';
import {
  lostFor,
  TenureLostError,
  type PagesLost,
  type AnswerNoted,
  type Begun,
  type Reported,
  type Withdrawn,
  type Tenure,
  type WindowLedger,
  type WindowState,
} from '../ledger/window-ledger.js';
import type { Offer } from '../window/offer.js';
import type { Place } from '../window/places.js';

interface Row extends Omit<Known, 'inFlight'> {
  inFlightSince?: number;
  marked: boolean;
  owed?: Offer;
}
interface SystemState {
  tenure: number;
  clock: number;
  bindingSequence: number;
  errorSequence: number;
  askedAt?: number;
  lost?: PagesLost & { last: number };
  rows: Map<string, Row>;
}

/** The ledger in memory, for proofs by simulation; `ledger.spec.ts` holds it and PostgreSQL's against the same tests. */
export class MemoryWindowLedger implements WindowLedger {
  private readonly systems = new Map<string, SystemState>();

  private stateOf(system: string): SystemState {
    const state = this.systems.get(system) ?? {
      ...{ tenure: 0, clock: 0, bindingSequence: 0, errorSequence: 0 },
      rows: new Map<string, Row>(),
    };
    this.systems.set(system, state);
    return state;
  }

  private asHolder(tenure: Tenure): SystemState {
    const state = this.stateOf(tenure.system);
    if (state.tenure !== tenure.number) throw new TenureLostError('another poller has taken over');
    return state;
  }

  async begin(system: string): Promise<Begun> {
    const state = this.stateOf(system);
    state.tenure += 1;
    if (state.askedAt !== undefined) {
      const { number = 0, since = state.askedAt } = state.lost ?? {};
      state.lost = { number: number + 1, since, last: state.askedAt };
    }
    state.askedAt = undefined;
    const givenUp: string[] = [];
    for (const row of state.rows.values()) {
      if (row.inFlightSince === undefined || row.marked) continue;
      row.inFlightSince = undefined;
      givenUp.push(row.code);
    }
    const { bindingSequence, errorSequence } = state;
    return {
      tenure: { system, number: state.tenure },
      ...{ bindingSequence, errorSequence, givenUp },
      ...(state.lost && { pagesLost: { number: state.lost.number, since: state.lost.since } }),
    };
  }

  async state(system: string): Promise<WindowState> {
    const rows = [...this.stateOf(system).rows.values()];
    return {
      inFlight: new Set(rows.filter((row) => row.inFlightSince !== undefined).map(({ code }) => code)),
      owed: rows
        .filter((row) => row.inFlightSince === undefined && row.owed !== undefined)
        .sort((a, b) => a.revision - b.revision || (a.code < b.code ? -1 : 1))
        .map((row) => row.owed!),
    };
  }

  async known(system: string, codes: string[]): Promise<Map<string, Known>> {
    const found = codes.flatMap((code) => this.stateOf(system).rows.get(code) ?? []);
    return new Map(
      found.map(({ code, revision, hash, recent, inFlightSince }) => [
        code,
        { code, revision, hash, recent: [...recent], inFlight: inFlightSince !== undefined },
      ]),
    );
  }

  async take(tenure: Tenure, places: Place[], owed: Offer[], noted: AnswerNoted = {}): Promise<void> {
    const state = this.asHolder(tenure);
    const { rows, clock } = state;
    state.errorSequence = Math.max(state.errorSequence, noted.errorSequence ?? 0);
    if (noted.page) state.askedAt = undefined;
    for (const { offer, revision, recent } of places) {
      const { code, hash } = offer;
      if ((rows.get(code)?.revision ?? -2) >= revision) continue;
      const owes = offer.kind === 'error' ? { owed: offer } : {};
      rows.set(code, { code, hash, revision, recent, inFlightSince: clock, marked: false, ...owes });
    }
    for (const offer of owed) {
      const { code } = offer;
      const row = rows.get(code) ?? { code, hash: '', revision: -1, recent: [], marked: false };
      rows.set(code, { ...row, owed: offer });
    }
  }

  async asks(tenure: Tenure, time: number): Promise<PagesLost | undefined> {
    const state = this.asHolder(tenure);
    state.askedAt = time;
    if (state.lost && state.lost.last < time - lostFor) state.lost = undefined;
    return state.lost && { number: state.lost.number, since: state.lost.since };
  }

  async lookedAfter(system: string): Promise<void> {
    this.stateOf(system).lost = undefined;
  }

  async mark(tenure: Tenure, published: Reported[]): Promise<void> {
    for (const { code, revision } of published) {
      const row = this.stateOf(tenure.system).rows.get(code);
      if (row?.revision === revision) Object.assign(row, { marked: true, owed: undefined });
    }
  }

  async withdraw(tenure: Tenure, places: Withdrawn[]): Promise<void> {
    const { rows } = this.asHolder(tenure);
    for (const { code, revision, before } of places) {
      const row = rows.get(code);
      if (row?.revision !== revision || row.marked || row.inFlightSince === undefined) continue;
      Object.assign(row, {
        recent: row.recent.slice(0, -1),
        ...(before ? { ...before, marked: true } : { inFlightSince: undefined }),
      });
    }
  }

  async tick(tenure: Tenure, elapsed: number, lifetime: number): Promise<string[]> {
    const state = this.asHolder(tenure);
    state.clock += Math.round(elapsed);
    const old = [...state.rows.values()].filter((row) => (row.inFlightSince ?? Infinity) <= state.clock - lifetime);
    for (const row of old) row.inFlightSince = undefined;
    return old.map(({ code }) => code);
  }

  async bindingsPublished(tenure: Tenure, sequence: number): Promise<void> {
    const state = this.asHolder(tenure);
    state.bindingSequence = Math.max(state.bindingSequence, sequence);
  }

  async reported(system: string, reports: Reported[]): Promise<number> {
    let freed = 0;
    for (const { code, revision } of reports) {
      const row = this.stateOf(system).rows.get(code);
      if (row?.inFlightSince === undefined || row.revision > revision) continue;
      row.inFlightSince = undefined;
      freed += 1;
    }
    return freed;
  }
}
