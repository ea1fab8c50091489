import { setTimeout as sleep } from 'node:timers/promises';
import { both } from '#contracts';
import { instead, refusal, resultOf, sniff } from './classify.js';
import {
  PageReader,
  readBindings,
  readErrors,
  readRefused,
  type BindingChange,
  type ByRecord,
  type FoundError,
  type StudentElement,
} from './element.js';
import { contentTypeOf, writeRequest, type ParametersOf } from './envelope.js';
import {
  BusyError,
  FaultError,
  MissingOperationError,
  ProtocolError,
  PublicationError,
  RefusedError,
} from './errors.js';
import { exchange, type Exchange, type HttpAnswer } from './http.js';
import { soapAction, type OperationName } from './operations.js';
import { writePairs, type Flag, type Refused } from './pairs.js';
import { Session } from './session.js';
import { readWsdl, type Description } from './wsdl.js';

export interface SynchronizerOptions {
  /** The publication: https://server/base/ws/ITK_Synchronizer.1cws */
  url: string;
  user: string;
  /** Read anew for each call. */
  password: () => string;
  namespace: string;
  rename: Record<string, string>;
  errorCodePattern: string;
  /**
   * One call at a time per infobase over all services: usually an advisory lock keyed by the address. `held` aborts when
   * somebody else may have it: the call under way is given up, and no further one is made.
   */
  serialize: <T>(work: (held: AbortSignal) => Promise<T>) => Promise<T>;
  /** Milliseconds. `cold` is for the first call after a rest: 1C may need half a minute to wake. */
  timeouts?: { connect: number; call: number; cold: number };
  /** Milliseconds to rest after a 406, at the least: the publication's poolTimeout and more. */
  busyPause?: number;
  signal?: AbortSignal;
  /** Told of every page of GetStudents that was read: how, where it had to be read by record. */
  onPage?: (byRecord: ByRecord | undefined) => void;
  /** Sees every answer of HTTP and how many milliseconds it took: for the doctor. */
  observe?: (answer: HttpAnswer, milliseconds: number) => void;
}

const usualTimeouts = { connect: 10_000, call: 120_000, cold: 300_000 };
/** A session of the automatic pool lives 20 s; after it the next call is a cold one. */
const warmFor = 20_000;

/** The operations, under whatever lock and session the caller has. */
export interface SynchronizerCalls {
  /** At most `limit` students whom 1C does not hide, in its order. */
  getStudents(els: string, limit: number): Promise<StudentElement[]>;
  /** Hides the students until their period. Gives back what 1C refused; the others are flagged. */
  setCronflag(flags: readonly Flag[], els: string): Promise<Refused[]>;
  setErrorCronflag(code: string, els: string): Promise<void>;
  /** Changes of bindings after `sequence`, oldest first. */
  bindingsSince(els: string, sequence: number, limit: number): Promise<BindingChange[]>;
  /** Faults that 1C has found itself after `sequence`, oldest first: it has flagged these students and hides them. */
  errorsSince(els: string, sequence: number, limit: number): Promise<FoundError[]>;
  /** Ends the students' live register rows: 1C offers them again. Gives back the codes it does not know. */
  reoffer(codes: readonly string[], els: string): Promise<Refused[]>;
  /** SetCronflag with a list of nobody: changes nothing, and shows whether 1C knows the system and lets us flag. */
  flagNobody(els: string): Promise<void>;
}

/** What a call is made under: the infobase's lock and, where 1C grants one, a session. */
interface Under {
  held: AbortSignal;
  session?: Session;
}

/** Client of a publication of ITK_Synchronizer, ours or a real 1C's. Every error is a SynchronizationError. */
export class SynchronizerClient implements Omit<SynchronizerCalls, 'flagNobody'> {
  private warmUntil = 0;
  /** Operations that 1C has answered so far; its WSDL is none. */
  answered = 0;

  private readonly pages: PageReader;

  constructor(private readonly options: SynchronizerOptions) {
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
        await this.finish(session);
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

  /** A harmless authenticated call; throws when 1C is away or refuses us. */
  async probe(): Promise<void> {
    await this.operations();
  }

  private alone<T>(work: (calls: SynchronizerCalls) => Promise<T>): Promise<T> {
    return this.options.serialize((held) => work(this.calls({ held })));
  }

  private calls(under: Under): SynchronizerCalls {
    const call = <O extends OperationName>(operation: O, parameters: ParametersOf<O>, els: string) =>
      this.call(operation, parameters, els, under);
    const taken = (text: string, operation: string): Refused[] => {
      const refused = readRefused(text);
      if (refused === undefined) throw new RefusedError(operation);
      return refused;
    };
    return {
      getStudents: async (els, limit) => {
        const page = this.pages.read(await call('GetStudents', { SystemName: els, Limit: limit }, els));
        this.options.onPage?.(page.byRecord);
        return page.elements;
      },
      setCronflag: async (flags, els) =>
        flags.length === 0
          ? []
          : taken(await call('SetCronflag', { Students: writePairs(flags), SystemName: els }, els), 'SetCronflag'),
      setErrorCronflag: async (code, els) => {
        taken(await call('SetErrorCronflag', { Student: code, SystemName: els }, els), 'SetErrorCronflag');
      },
      bindingsSince: async (els, sequence, limit) =>
        readBindings(await call('BindingsSince', { SystemName: els, Sequence: sequence, Limit: limit }, els)),
      errorsSince: async (els, sequence, limit) =>
        readErrors(await call('ErrorsSince', { SystemName: els, Sequence: sequence, Limit: limit }, els)),
      reoffer: async (codes, els) =>
        codes.length === 0
          ? []
          : taken(await call('Reoffer', { Students: codes.join(', '), SystemName: els }, els), 'Reoffer'),
      flagNobody: async (els) => {
        taken(await call('SetCronflag', { Students: '', SystemName: els }, els), 'SetCronflag');
      },
    };
  }

  private async call<O extends OperationName>(
    operation: O,
    parameters: ParametersOf<O>,
    els: string,
    under: Under,
  ): Promise<string> {
    const body = writeRequest(operation, parameters, this.options.namespace);
    const answer = await this.send(
      this.options.url,
      {
        method: 'POST',
        headers: {
          'content-type': contentTypeOf('1.1'),
          soapaction: `"${soapAction(this.options.namespace, operation)}"`,
        },
        body,
      },
      under,
    );
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

  /** 400: the session is gone, once anew. 406: rest, once more. */
  private async send(
    url: string,
    what: Pick<Exchange, 'method' | 'headers' | 'body'>,
    under: Under,
  ): Promise<HttpAnswer> {
    let answer = await this.exchange(url, what, under);
    if (answer.status === 400) {
      under.session?.forget();
      answer = await this.exchange(url, what, under);
    }
    if (answer.status === 406 && refusal(answer, sniff(answer.body)) instanceof BusyError) {
      const pause = this.options.busyPause ?? 6_000;
      const end = this.endOf(under);
      await sleep(pause * (1 + Math.random() / 2), undefined, { signal: end }).catch(() => end.throwIfAborted());
      answer = await this.exchange(url, what, under);
    }
    return answer;
  }

  private async exchange(
    url: string,
    what: Pick<Exchange, 'method' | 'headers' | 'body'>,
    under: Under,
  ): Promise<HttpAnswer> {
    const timeouts = this.options.timeouts ?? usualTimeouts;
    const { session } = under;
    const signal = this.endOf(under);
    signal.throwIfAborted();
    const begun = performance.now();
    const answer = await exchange(url, {
      ...what,
      headers: { ...what.headers, authorization: this.authorization(), ...session?.headers() },
      connectMs: timeouts.connect,
      totalMs: Date.now() < this.warmUntil ? timeouts.call : timeouts.cold,
      signal,
      // A session is granted with the head: it must be ended even if the body gets lost.
      ...(session && { onHead: (head) => session.see(head) }),
    });
    this.options.observe?.(answer, performance.now() - begun);
    if (answer.status === 200) this.warmUntil = Date.now() + warmFor;
    return answer;
  }

  private endOf({ held }: Under): AbortSignal {
    return this.options.signal ? AbortSignal.any([this.options.signal, held]) : held;
  }

  private authorization(): string {
    return `Basic ${Buffer.from(`${this.options.user}:${this.options.password()}`, 'utf8').toString('base64')}`;
  }

  private async describe(under: Under): Promise<Description> {
    const answer = await this.send(
      `${this.options.url.replace(/\?.*$/, '')}?wsdl`,
      { method: 'GET', headers: {} },
      { held: under.held }, // no licence is needed for it
    );
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
    if (description && description.operations.length > 0) return description;
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

  /** Gives the session's licence back. What goes wrong here is 1C's to clean up: it ends idle sessions itself. */
  private async finish(session: Session): Promise<void> {
    const headers = session.farewell();
    if (!headers) return;
    const begun = performance.now();
    const url = `${this.options.url.replace(/\?.*$/, '')}?wsdl`;
    await exchange(url, {
      method: 'GET',
      headers: { authorization: this.authorization(), ...headers },
      connectMs: 5_000,
      totalMs: 10_000,
    })
      .then((answer) => this.options.observe?.(answer, performance.now() - begun))
      .catch(() => undefined);
  }
}
