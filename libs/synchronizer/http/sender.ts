import { setTimeout as sleep } from 'node:timers/promises';
import { BusyError } from '../errors.js';
import { refusal, sniff } from '../soap/classify.js';
import { exchange, type Exchange, type HttpAnswer } from './exchange.js';
import type { Session } from './session.js';

export interface SenderOptions {
  /** The publication: https://server/base/ws/ITK_Synchronizer.1cws */
  url: string;
  user: string;
  /** Read anew for each call. */
  password: () => string;
  /** Milliseconds. `cold` is for the first call after a rest: 1C may need half a minute to wake. */
  timeouts?: { connect: number; call: number; cold: number };
  /** Milliseconds to rest after a 406, at the least: the publication's poolTimeout and more. */
  busyPause?: number;
  signal?: AbortSignal;
  /** Sees every answer of HTTP and how many milliseconds it took: for the doctor. */
  observe?: (answer: HttpAnswer, milliseconds: number) => void;
}

/** What a call is made under: the infobase's lock and, where 1C grants one, a session. */
export interface Under {
  held: AbortSignal;
  session?: Session;
}

type Sent = Pick<Exchange, 'method' | 'headers' | 'body'>;

const usualTimeouts = { connect: 10_000, call: 120_000, cold: 300_000 };
/** A session of the automatic pool lives 20 s; after it the next call is a cold one. */
const warmFor = 20_000;

/** Requests to one publication, with our account and the patience that 1C needs. */
export class Sender {
  private warmUntil = 0;

  constructor(private readonly options: SenderOptions) {}

  call(request: Pick<Sent, 'headers' | 'body'>, under: Under): Promise<HttpAnswer> {
    return this.send(this.options.url, { method: 'POST', ...request }, under);
  }

  /** The publication's WSDL; no session is asked for, and no licence is needed for it. */
  wsdl({ held }: Under): Promise<HttpAnswer> {
    return this.send(this.wsdlUrl, { method: 'GET', headers: {} }, { held });
  }

  /** Gives the session's licence back. What goes wrong here is 1C's to clean up: it ends idle sessions itself. */
  async finish(session: Session): Promise<void> {
    const headers = session.farewell();
    if (!headers) return;
    const begun = performance.now();
    await exchange(this.wsdlUrl, {
      method: 'GET',
      headers: { authorization: this.authorization(), ...headers },
      connectMs: 5_000,
      totalMs: 10_000,
    })
      .then((answer) => this.options.observe?.(answer, performance.now() - begun))
      .catch(() => undefined);
  }

  private get wsdlUrl(): string {
    return `${this.options.url.replace(/\?.*$/, '')}?wsdl`;
  }

  /** 400: the session is gone, once anew. 406: rest, once more. */
  private async send(url: string, request: Sent, under: Under): Promise<HttpAnswer> {
    let answer = await this.exchange(url, request, under);
    if (answer.status === 400) {
      under.session?.forget();
      answer = await this.exchange(url, request, under);
    }
    if (answer.status === 406 && refusal(answer, sniff(answer.body)) instanceof BusyError) {
      const pause = this.options.busyPause ?? 6_000;
      const end = this.endOf(under);
      await sleep(pause * (1 + Math.random() / 2), undefined, { signal: end }).catch(() => end.throwIfAborted());
      answer = await this.exchange(url, request, under);
    }
    return answer;
  }

  private async exchange(url: string, request: Sent, under: Under): Promise<HttpAnswer> {
    const timeouts = this.options.timeouts ?? usualTimeouts;
    const { session } = under;
    const signal = this.endOf(under);
    signal.throwIfAborted();
    const begun = performance.now();
    const answer = await exchange(url, {
      ...request,
      headers: { ...request.headers, authorization: this.authorization(), ...session?.headers() },
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
}
