import { alarm } from '#platform';
import { mayBeDone } from '#synchronizer';
import type { AnswerNoted, Begun, PagesLost } from '../ledger/window-ledger.js';
import { foldPage, type Offer, type PageElement } from '../window/offer.js';
import type { PollerPorts, PollerRules } from '../poller.js';
import { checks, pagesLostTrouble, pollerAlarms } from '../troubles.js';

/** Asked for at a time. */
const atOnce = 500;

/**
 * Errors that 1C has found itself. Whom it flags as it lists them it offers no more, so an answer that is lost takes
 * them along. Our component tells them again (ErrorsSince), and they are taken from there alone; of a foreign 1C the
 * lost answers are counted and said. For one tenure.
 */
export class OwnErrors {
  /** An answer in which some were said may have got lost, by whoever it was asked before. */
  private due = true;
  /** False: this 1C says each of them once, in its page. */
  private toldAgain = false;
  private sequence: number;
  private lost?: PagesLost;
  private announced = false;

  constructor(
    private readonly rules: PollerRules,
    private readonly ports: Pick<PollerPorts, 'ledger' | 'source' | 'found'>,
    private readonly begun: Begun,
  ) {
    this.sequence = begun.errorSequence;
  }

  /** Asks for them wherever some may be unnoted. Its number moves on only together with what `note` writes. */
  async ask(note: (offers: Offer[], noted: AnswerNoted) => Promise<void>, stop?: AbortSignal): Promise<void> {
    while (this.due && !stop?.aborted) {
      const errors = await this.ports.source.errorsSince(this.sequence, atOnce);
      this.toldAgain = errors !== undefined;
      if (errors !== undefined && errors.length > 0) {
        const newest = Math.max(this.sequence, ...errors.map(({ sequence }) => sequence));
        const page = errors.map(({ code, error }): PageElement => ({ kind: 'error', code, text: error }));
        await note(foldPage(page, this.rules).offers, { errorSequence: newest });
        this.sequence = newest;
      }
      this.due = errors?.length === atOnce;
    }
  }

  /** The page that 1C offers, without the errors that it tells again. Of a foreign 1C its loss would be counted. */
  async page(readAt: number): Promise<PageElement[]> {
    const { source, ledger } = this.ports;
    const { window } = this.rules;
    if (this.toldAgain) {
      await this.say(undefined);
      const page = await source.students(window);
      this.due = page.some(({ kind }) => kind === 'error');
      return page.filter(({ kind }) => kind !== 'error');
    }
    await this.say(await ledger.asks(this.begun.tenure, readAt));
    try {
      return await source.students(window);
    } catch (error) {
      if (!mayBeDone(error)) await ledger.take(this.begun.tenure, [], [], { page: true });
      throw error;
    }
  }

  private async say(lost: PagesLost | undefined): Promise<void> {
    const { system } = this.rules;
    alarm(
      pollerAlarms.pagesLost,
      system,
      lost !== undefined,
      'answers of GetStudents were lost: Error rows of which nobody has heard may stand in the register Synchronization. itk status says since when, and what to do',
      { number: lost?.number ?? 0 },
    );
    if (this.announced && this.lost?.number === lost?.number) return;
    await this.ports.found(checks.pagesLost, lost === undefined ? [] : pagesLostTrouble(system, lost));
    this.lost = lost;
    this.announced = true;
  }
}
