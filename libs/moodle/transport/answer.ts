import { storableValue } from '#contracts';
import { noMoodleAnswer, redirected, serverFault, webServicesOff } from '../failures/of-the-site.js';
import { MoodleMisconfigured, MoodleOutage } from '../errors.js';

/** What Moodle throws, told in JSON with status 200. The message is localised and may hold personal data. */
export interface WebServiceException {
  /** Empty for an uncaught PHP Error. */
  errorcode: string;
  /** Without its namespace: 4.5 moved the classes. */
  exceptionClass: string;
  message: string;
}

export type Answer = { value: unknown } | { exception: WebServiceException };

export interface RawAnswer {
  status: number;
  body: string;
  location?: string;
}

/** A proxy gave up waiting: PHP goes on, and may well finish. 520 and 524 are Cloudflare's. */
const gaveUpWaiting: ReadonlySet<number> = new Set([408, 499, 504, 520, 524]);

/** JSON can spell what no database holds; our journal and ledgers keep words of Moodle's. */
const perhapsUnstorable = /\\u(?:00[01]|d[89a-f]|fff[ef])/i;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Moodle's verdict is the shape of the body, never the status. Throws MoodleOutage for what no Moodle says, and
 * MoodleMisconfigured for a redirect (the address is not wwwroot) and for switched-off web services.
 */
export function readAnswer({ status, body, location }: RawAnswer): Answer {
  if (status >= 300 && status < 400) throw new MoodleMisconfigured(redirected(location));
  const json = findJson(body);
  if (json === undefined) {
    if (status === 403 && body.trim() === '') throw new MoodleMisconfigured(webServicesOff());
    if (status >= 500 || gaveUpWaiting.has(status)) {
      throw new MoodleOutage(serverFault(status), gaveUpWaiting.has(status));
    }
    throw new MoodleOutage(noMoodleAnswer(body.trim() === '' ? 'empty' : 'html', status), false);
  }
  const value = perhapsUnstorable.test(body) ? storableValue(json.value) : json.value;
  if (isObject(value) && typeof value.exception === 'string') {
    return {
      exception: {
        errorcode: typeof value.errorcode === 'string' ? value.errorcode : '',
        exceptionClass: value.exception.split('\\').at(-1) ?? '',
        message: typeof value.message === 'string' ? value.message : '',
      },
    };
  }
  if (status >= 500) throw new MoodleOutage(serverFault(status), false);
  return { value };
}

/** Plugins may print notices before the JSON, so the JSON is looked for at the end. */
function findJson(body: string): { value: unknown } | undefined {
  const text = body.replace(/^\uFEFF/, '').trim();
  const whole = tryParse(text);
  if (whole) return whole;
  let tries = 0;
  for (const { index } of text.matchAll(/[[{]/g)) {
    const tail = tryParse(text.slice(index));
    if (tail) return tail;
    if (++tries === 100) break;
  }
  return /[\s>]null$/.test(text) ? { value: null } : undefined;
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || typeof value === 'object' ? { value } : undefined;
  } catch {
    return undefined;
  }
}
