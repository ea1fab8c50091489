import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { both, failed, SynchronizationError } from '#contracts';
import { AnswerTooLargeError, connectionTrouble, dispatcherFor } from '#platform';
import { FormError, ODataError, SlowError, UnreachableError } from '../errors.js';
import { refusalOf } from './refusal.js';

export interface ODataOptions {
  /** https://server/base/odata/standard.odata */
  url: string;
  user: string;
  /** Read anew for each question. */
  password: () => string;
  /** Milliseconds for one answer; the first one after a rest wakes 1C up. */
  patience?: number;
  /** Milliseconds between tries of one question while 1C is away, locked or busy. */
  pauses?: readonly number[];
  signal?: AbortSignal;
}

const usualPatience = 300_000;
/** A publication whose pool is full lets nobody in for `poolTimeout`, 5 s usually. */
const usualPauses = [6_000, 10_000, 20_000, 40_000] as const;
/** Bytes of one answer; $metadata of a large configuration is 17 MB. */
const largest = 128 * 1024 * 1024;

/** Questions to one publication, one after the other. */
export class Exchange {
  constructor(private readonly options: ODataOptions) {}

  /**
   * The body in pieces, handed over as they come; a question that 1C cannot answer just now is asked again from its
   * beginning. `about`: the set, for the words of an error.
   */
  async ask<T>(path: string, about: string, read: (body: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> {
    const { pauses = usualPauses, signal } = this.options;
    for (const pause of [...pauses, undefined]) {
      try {
        return await this.once(path, about, read);
      } catch (error) {
        const passing = error instanceof ODataError && error.failure.kind === 'outage';
        if (!passing || pause === undefined || signal?.aborted) throw error;
        await sleep(pause * (1 + Math.random() / 4), undefined, signal && { signal });
      }
    }
    throw new Error('unreachable');
  }

  text(path: string, about: string): Promise<string> {
    return this.ask(path, about, textOf);
  }

  json(path: string, about: string): Promise<unknown> {
    return this.ask(path, about, async (body) => {
      const text = await textOf(body);
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw new FormError(
          /^\s*</.test(text)
            ? both('пришла страница вместо JSON', 'a page came instead of JSON')
            : both('это не JSON', 'it is no JSON'),
        );
      }
    });
  }

  private async once<T>(
    path: string,
    about: string,
    read: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const { patience = usualPatience, signal: given } = this.options;
    const url = `${this.options.url.replace(/\/+$/, '')}/${path}`;
    const late = AbortSignal.timeout(patience);
    try {
      const answer = await request(url, {
        dispatcher: dispatcherFor(url),
        signal: given ? AbortSignal.any([given, late]) : late,
        headersTimeout: 0,
        bodyTimeout: 0,
        headers: { authorization: this.authorization(), accept: 'application/json, application/xml;q=0.5' },
      });
      if (answer.statusCode === 200) return await read(limited(answer.body));
      const body = (await answer.body.text()).replace(/^\uFEFF/, '');
      throw refusalOf({ status: answer.statusCode, headers: answer.headers, body }, about);
    } catch (error) {
      if (error instanceof SynchronizationError) throw error;
      if (late.aborted) throw new SlowError(patience);
      if (given?.aborted) throw given.reason;
      if (error instanceof AnswerTooLargeError)
        throw new FormError(both('ответ слишком велик', 'the answer is too large'));
      const trouble = await connectionTrouble(url, error);
      if (trouble) throw failed('configuration', trouble.cause, trouble.reason, { cure: trouble.cure });
      const { code, name } = error as NodeJS.ErrnoException;
      if (code === undefined && name !== 'TypeError') throw error;
      throw new UnreachableError(String(code ?? name));
    }
  }

  private authorization(): string {
    return `Basic ${Buffer.from(`${this.options.user}:${this.options.password()}`, 'utf8').toString('base64')}`;
  }
}

/** Without the mark of byte order that $count and errors begin with. */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return new TextDecoder('utf-8').decode(Buffer.concat(pieces));
}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > largest) throw new AnswerTooLargeError(largest);
    yield piece;
  }
}
