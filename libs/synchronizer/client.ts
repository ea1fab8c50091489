import { both, SynchronizationError } from '#contracts';
import type { StudentElement } from './answers/element.js';
import type { BindingChange, FoundError } from './answers/lists.js';
import { PageReader, type ByRecord } from './answers/page.js';
import type { Flag, Refused } from './answers/pairs.js';
import { callsBy, type SynchronizerCalls } from './calls.js';
import { FaultError, MissingOperationError, ProtocolError, PublicationError } from './errors.js';
import { instead, refusal, resultOf, sniff } from './soap/classify.js';
import { contentTypeOf, writeRequest, type ParametersOf } from './soap/envelope.js';
import { soapAction, type OperationName } from './soap/operations.js';
import { Sender, type SenderOptions, type Under } from './http/sender.js';
import { Session } from './http/session.js';
import { readWsdl, type Description } from './soap/wsdl.js';

export interface SynchronizerOptions extends SenderOptions {
  namespace: string;
  rename: Record<string, string>;
  errorCodePattern: string;
  /**
   * One call at a time per infobase over all services: usually an advisory lock keyed by the address. `held` aborts when
   * somebody else may have it: the call under way is given up, and no further one is made.
   */
  serialize: <T>(work: (held: AbortSignal) => Promise<T>) => Promise<T>;
  /** Told of every page of GetStudents that was read: how, where it had to be read by record. */
  onPage?: (byRecord: ByRecord | undefined) => void;
  /** Told of every call: `ok`, or the kind of the failure, and how many seconds it took. */
  onCall?: (operation: OperationName, outcome: string, seconds: number) => void;
}

/** How long the WSDL's list of operations is believed, milliseconds. */
const believedFor = 600_000;

/** Client of a publication of ITK_Synchronizer, ours or a real 1C's. Every error is a SynchronizationError. */
export class SynchronizerClient implements Omit<SynchronizerCalls, 'flagNobody'> {
  /** Operations that 1C has answered so far; its WSDL is none. */
  answered = 0;

  /** What the WSDL said last, and until when it is believed, milliseconds. */
  private believed: { operations: string[]; until: number } = { operations: [], until: 0 };
  private readonly sender: Sender;
  private readonly pages: PageReader;

  constructor(private readonly options: SynchronizerOptions) {
    this.sender = new Sender(options);
    this.pages = new PageReader(options);
  }

  getStudents(els: string, limit: number): Promise<StudentElement[]> {
    return this.alone((calls) => calls.getStudents(els, limit));
  }
  setCronflag(flags: readonly Flag[], els: string): Promise<Refused[]> {
    return this.alone((calls) => calls.setCronflag(flags, els));
  }
  setErrorCronflag(code: string, els: string): Promise<void> {
    return this.alone((calls) => calls.setErrorCronflag(code, els));
  }
  bindingsSince(els: string, sequence: number, limit: number): Promise<BindingChange[]> {
    return this.alone((calls) => calls.bindingsSince(els, sequence, limit));
  }
  errorsSince(els: string, sequence: number, limit: number): Promise<FoundError[]> {
    return this.alone((calls) => calls.errorsSince(els, sequence, limit));
  }
  reoffer(codes: readonly string[], els: string): Promise<Refused[]> {
    return this.alone((calls) => calls.reoffer(codes, els));
  }

  /**
   * Several calls under one lock and, where 1C grants one, in one session, which is ended whatever happens.
   * Inside, use only the calls that are handed in: the lock is not given twice.
   */
  run<T>(work: (calls: SynchronizerCalls) => Promise<T>): Promise<T> {
    return this.options.serialize(async (held) => {
      const session = new Session();
      try {
        return await work(this.calls({ held, session }));
      } finally {
        await this.sender.finish(session);
      }
    });
  }

  /** What the publication says of itself: its WSDL. */
  description(): Promise<Description> {
    return this.options.serialize((held) => this.describe({ held }));
  }

  /** Names of the operations that the publication has, from its WSDL. */
  async operations(): Promise<string[]> {
    return (await this.description()).operations;
  }

  /** Has the publication the operation? It may be updated while we run, so its WSDL is believed for 10 minutes. */
  async offers(operation: OperationName): Promise<boolean> {
    const known = Date.now() < this.believed.until ? this.believed.operations : await this.operations();
    return known.includes(operation);
  }

  /** A harmless authenticated call; throws when 1C is away or refuses us. */
  async probe(): Promise<void> {
    await this.operations();
  }

  private alone<T>(work: (calls: SynchronizerCalls) => Promise<T>): Promise<T> {
    return this.options.serialize((held) => work(this.calls({ held })));
  }

  private calls(under: Under): SynchronizerCalls {
    return callsBy(
      (operation, parameters, els) => this.call(operation, parameters, els, under),
      (text) => {
        const page = this.pages.read(text);
        this.options.onPage?.(page.byRecord);
        return page;
      },
    );
  }

  private async call<O extends OperationName>(
    operation: O,
    parameters: ParametersOf<O>,
    els: string,
    under: Under,
  ): Promise<string> {
    const begun = performance.now();
    const ended = (outcome: string) => this.options.onCall?.(operation, outcome, (performance.now() - begun) / 1000);
    try {
      const result = await this.ask(operation, parameters, els, under);
      ended('ok');
      return result;
    } catch (error) {
      ended(error instanceof SynchronizationError ? error.failure.kind : 'unexpected');
      throw error;
    }
  }

  private async ask<O extends OperationName>(
    operation: O,
    parameters: ParametersOf<O>,
    els: string,
    under: Under,
  ): Promise<string> {
    const { namespace } = this.options;
    const headers = { 'content-type': contentTypeOf('1.1'), soapaction: `"${soapAction(namespace, operation)}"` };
    const answer = await this.sender.call({ headers, body: writeRequest(operation, parameters, namespace) }, under);
    try {
      const result = resultOf(answer, { operation, els });
      this.answered++;
      return result;
    } catch (error) {
      // 1C's words for an operation it lacks are its own; its WSDL says plainly.
      if (error instanceof FaultError && !(await this.has(operation, under)))
        throw new MissingOperationError(operation);
      throw error;
    }
  }

  private async describe(under: Under): Promise<Description> {
    const answer = await this.sender.wsdl(under);
    const { body } = answer;
    const form = sniff(body);
    const refused = refusal(answer, form);
    if (refused) throw refused;
    let description;
    try {
      description = form === 'xml' ? readWsdl(body) : undefined;
    } catch {
      throw new ProtocolError(both('WSDL оборван или испорчен', 'the WSDL is cut short or damaged'));
    }
    if (description && description.operations.length > 0) {
      this.believed = { operations: description.operations, until: Date.now() + believedFor };
      return description;
    }
    if (form === 'xml') throw new PublicationError('the answer is XML but no WSDL');
    throw new ProtocolError(instead(form, body, 'WSDL'));
  }

  /** Does the publication have the operation? Where the WSDL cannot be had, it counts as present. */
  private async has(operation: string, under: Under): Promise<boolean> {
    try {
      return (await this.describe(under)).operations.includes(operation);
    } catch {
      return true;
    }
  }
}
