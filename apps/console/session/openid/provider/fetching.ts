import type { CustomFetch } from 'openid-client';
import { request } from 'undici';
import { connectionTrouble, dispatcherFor, readAnswerText } from '#platform';
import { SignInError } from '../troubles.js';

/** Bytes. */
const largestAnswer = 1024 * 1024;

/** Provider's own names of errors and of the network's; none holds what a person has entered. */
export const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : String(name ?? 'error');
};

/** How the provider is called: the way that other servers are, proxies and own authorities among it, and bounded. */
export const fetchFromProvider: CustomFetch = async (address, { method, headers, body, signal }) => {
  try {
    const answer = await request(address, {
      method: method as 'GET' | 'POST',
      headers,
      ...(body !== undefined && body !== null && { body: String(body as URLSearchParams) }),
      dispatcher: dispatcherFor(address),
      ...(signal && { signal }),
    });
    const text = await readAnswerText(answer.body, largestAnswer);
    if (answer.statusCode >= 500) throw new SignInError('away', `HTTP ${answer.statusCode}`);
    const passed = new Headers();
    for (const [name, value] of Object.entries(answer.headers))
      for (const each of [value ?? []].flat()) passed.append(name, each);
    return new Response([204, 304].includes(answer.statusCode) ? null : text, {
      status: answer.statusCode,
      headers: passed,
    });
  } catch (error) {
    if (error instanceof SignInError) throw error;
    const trouble = await connectionTrouble(address, error).catch(() => undefined);
    throw new SignInError('away', trouble?.cause ?? codeOf(error));
  }
};
