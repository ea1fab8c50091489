import { AnswerTooLargeError, readAnswerText } from '#platform';
import { MoodleOutage } from '../errors.js';
import { noMoodleAnswer, timedOut, unreachable } from '../failures/of-the-site.js';
import type { RawAnswer } from './answer.js';
import type { Leaf } from './form.js';

/** `wstoken` and `wsfunction`, last in every body. */
export const headerLeaves = 2;

/** Bytes: the longest answers, of courses and enrolled users, are some megabytes. */
const largestAnswer = 64 * 1024 * 1024;

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
  const body = new URLSearchParams([...leaves, ['wstoken', token], ['wsfunction', name]]);
  let status = 0;
  try {
    const response = await fetch(`${wwwroot}/webservice/rest/server.php?moodlewsrestformat=json&moodlewssettingraw=1`, {
      method: 'POST',
      body,
      // A followed redirect would come back as a GET without the body.
      redirect: 'manual',
      headers: { accept: 'application/json', 'accept-language': 'en' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    const location = response.headers.get('location');
    return { status, body: await readAnswerText(response, largestAnswer), ...(location && { location }) };
  } catch (error) {
    if ((error as { name?: unknown }).name === 'TimeoutError') {
      throw new MoodleOutage(timedOut(Math.round(timeoutMs / 1000)), true);
    }
    if (error instanceof AnswerTooLargeError) throw new MoodleOutage(noMoodleAnswer('endless', status), false);
    throw new MoodleOutage(unreachable(codeOf(error)), false);
  }
}

/** Only the machine name: the text of a network error may hold the address. */
function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code !== 'string' && typeof cause === 'object' && cause) return codeOf(cause);
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'no connection';
}
