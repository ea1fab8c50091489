import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { both } from '#contracts';
import { faultIn, problems, Problem } from '#http-api';
import { log } from '#platform';

const logger = log('Door');

/** Headers of the browser that the desk sees; cookies and all the others stay here. */
const passed = [
  'accept',
  'accept-language',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'last-event-id',
];
/** Headers of the desk that the browser sees. */
const answered = [
  'content-type',
  'content-language',
  'content-length',
  'content-disposition',
  'etag',
  'last-modified',
  'retry-after',
];

/** Bytes. Of a body: a document of 20,000 lines, or a spreadsheet of 2 MB in Base64. */
const [largestBody, largestAnswer] = [4 * 1024 * 1024, 64 * 1024 * 1024];
/** Milliseconds: until an answer begins, and between two pieces of it. A stream of events beats every 15 s. */
const patience = 30_000;

const only = (headers: IncomingHttpHeaders, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));

const away = () =>
  problems.away(
    both(
      'Служба onec-component не отвечает: стол привязок и поиск по имени сейчас недоступны',
      'The service onec-component does not answer: the binding desk and the search by name are not available now',
    ),
  );
/** Whoever is signed in here must not be sent to sign in again: their session is good, the key of the door is not. */
const notTaken = () =>
  problems.away(
    both(
      'Служба onec-component не принимает ключ консоли: itk doctor скажет, почему',
      "The service onec-component does not take the console's key: itk doctor says why",
    ),
  );
const tooLarge = () =>
  new Problem({ name: 'http-413', status: 413, title: both('Запрос слишком велик', 'The request is too large') });

/** Lets so many bytes through, then fails. */
const atMost = (bytes: number, error: () => Error): Transform => {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > bytes) done(error());
      else done(null, chunk);
    },
  });
};

export interface Way {
  /** Origin of the desk: `http://127.0.0.1:8084`. */
  url: string;
  target: string;
  token: string;
}

/**
 * Passes one request on to the desk and its answer back, as both come. @throws Problem before an answer has begun
 * @returns the answer's status; undefined: nobody was there any more to hear it
 */
export async function passOn(
  request: Request,
  response: Response,
  { url, target, token }: Way,
): Promise<number | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw tooLarge();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await send(request, { url, target, token }, gone.signal);
  if (gone.signal.aborted) {
    answer.destroy();
    return undefined;
  }
  if (answer.statusCode === 401) {
    answer.destroy();
    logger.error('the desk does not take the key of the door', { why: faultIn(answer.headers['www-authenticate']) });
    throw notTaken();
  }
  const events = /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '');
  response.status(answer.statusCode ?? 502).set(only(answer.headers, answered) as Record<string, string>);
  // `no-transform`: compression would hold events back.
  if (events) response.set('Cache-Control', 'no-store, no-transform');
  response.flushHeaders();
  try {
    if (events) await pipeline(answer, response);
    else await pipeline(answer, atMost(largestAnswer, away), response);
  } catch {
    // The answer has begun: all that is left is to break it off, so that half of it is not taken for the whole.
    response.destroy();
  }
  return answer.statusCode;
}

function send(request: Request, { url, target, token }: Way, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = url.startsWith('https:') ? httpsRequest : httpRequest;
    const sending = call(new URL(target, url), {
      method: request.method,
      headers: { ...only(request.headers, passed), authorization: `Bearer ${token}` },
      timeout: patience,
      signal,
    });
    let failed = false;
    const fail = (error: unknown): void => {
      // Both ends of the pipeline tell the same.
      if (failed) return;
      failed = true;
      if (error instanceof Problem) return reject(error);
      if (!signal.aborted) logger.warn('the desk does not answer', { why: (error as { code?: string }).code });
      reject(away());
    };
    sending.once('response', resolve);
    sending.once('timeout', () =>
      sending.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
    );
    sending.on('error', fail);
    pipeline(request as Readable, atMost(largestBody, tooLarge), sending).catch(fail);
  });
}
