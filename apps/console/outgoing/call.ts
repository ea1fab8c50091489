import { request } from 'undici';
import { both, type Bilingual } from '#contracts';
import { connectionTrouble, dispatcherFor, readAnswerText } from '#platform';

export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string;
  /** Of the answer, bytes. */
  atMost?: number;
}

/** Milliseconds. */
const patience = 10_000;

/** A call of somebody else's server went wrong. The text names neither secrets nor what the address carries. */
export class CallError extends Error {
  override name = 'CallError';
  constructor(readonly why: Bilingual) {
    super(why.en);
  }
}

/** @throws CallError unless it is answered with success */
export async function call(address: string, { method, headers = {}, body, atMost = 65_536 }: Call): Promise<string> {
  const { host } = new URL(address);
  let status: number;
  let text: string;
  try {
    const response = await request(address, {
      method,
      headers,
      ...(body !== undefined && { body }),
      dispatcher: dispatcherFor(address),
      signal: AbortSignal.timeout(patience),
    });
    status = response.statusCode;
    text = await readAnswerText(response.body, atMost);
  } catch (error) {
    const trouble = await connectionTrouble(address, error).catch(() => undefined);
    if (trouble)
      throw new CallError(both(`${trouble.reason.ru}. ${trouble.cure.ru}`, `${trouble.reason.en}. ${trouble.cure.en}`));
    throw new CallError(both(`${host} не отвечает (${codeOf(error)})`, `${host} does not answer (${codeOf(error)})`));
  }
  if (status < 200 || status > 299)
    throw new CallError(both(`${host} ответил HTTP ${status}`, `${host} answered HTTP ${status}`));
  return text;
}

/** Only the machine name: the text of a network error may hold the address. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : String(name ?? 'error');
}
