import { request } from 'undici';
import { AnswerTooLargeError, connectionTrouble, dispatcherFor, proxyRefusal, readAnswerText } from '#platform';
import { MoodleMisconfigured, MoodleOutage } from '../errors.js';
import { noMoodleAnswer, noWay, timedOut, unreachable } from '../failures/of-the-site.js';
import type { RawAnswer } from './answers/answer.js';
import { formBody, type Leaf } from './form.js';

/** `wstoken` and `wsfunction`, last in every body. */
export const headerLeaves = 2;

/** Bytes: the longest answers, of courses and enrolled users, are some megabytes. */
const largestAnswer = 64 * 1024 * 1024;

/** No connection came about: Moodle has heard nothing. */
const neverSent: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  // a proxy that made no tunnel
  'UND_ERR_ABORTED',
]);

/** Cut off in the middle of one of these, PHP goes on and may well finish. */
const writes = (name: string): boolean => !/_(get|search)_/.test(name);

/**
 * One POST. The format stands in the URL and the token last in the body: whatever PHP drops, the answer is JSON, and
 * a call that lost its end has lost its token.
 */
export async function post(
  wwwroot: string,
  token: string,
  name: string,
  leaves: readonly Leaf[],
  timeoutMs: number,
): Promise<RawAnswer> {
  let status = 0;
  try {
    // Not `fetch`: it takes a millisecond more of each call. Redirects are not followed: they would come back as a GET.
    const asked = `${wwwroot}/webservice/rest/server.php?moodlewsrestformat=json&moodlewssettingraw=1`;
    const response = await request(asked, {
      method: 'POST',
      dispatcher: dispatcherFor(wwwroot),
      body: formBody([...leaves, ['wstoken', token], ['wsfunction', name]]),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        'accept-language': 'en',
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.statusCode;
    if (status === 407) {
      await response.body.dump();
      const refused = proxyRefusal(wwwroot, status);
      if (refused) throw new MoodleMisconfigured(noWay(refused));
    }
    const { location, 'retry-after': retryAfter } = response.headers;
    const body = await readAnswerText(response.body, largestAnswer);
    return {
      ...{ status, body, asked },
      ...(typeof location === 'string' && { location }),
      ...(typeof retryAfter === 'string' && { retryAfter }),
    };
  } catch (error) {
    if (error instanceof MoodleMisconfigured) throw error;
    if ((error as { name?: unknown }).name === 'TimeoutError') {
      throw new MoodleOutage(timedOut(Math.round(timeoutMs / 1000)), true);
    }
    if (error instanceof AnswerTooLargeError) throw new MoodleOutage(noMoodleAnswer('endless', status), false);
    const trouble = await connectionTrouble(wwwroot, error);
    if (trouble) throw new MoodleMisconfigured(noWay(trouble));
    const code = codeOf(error);
    throw new MoodleOutage(unreachable(code), writes(name) && !neverSent.has(code));
  }
}

/** Only the machine name: the text of a network error may hold the address. */
function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code !== 'string' && typeof cause === 'object' && cause) return codeOf(cause);
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'no connection';
}
