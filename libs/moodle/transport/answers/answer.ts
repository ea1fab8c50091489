import { storableValue, unstorableIn, type Failure } from '#contracts';
import { callTooLarge, proxyRefuses, redirectLoop, wrongPath } from '../../failures/of-the-way.js';
import { maintenance, noMoodleAnswer, redirected, serverFault, webServicesOff } from '../../failures/of-the-site.js';
import { MoodleMisconfigured, MoodleOutage } from '../../errors.js';
import { findJson } from './json-in-text.js';

/** What Moodle throws, told in JSON with status 200. The message is localised and may hold personal data. */
export interface WebServiceException {
  /** Empty for an uncaught PHP Error. */
  errorcode: string;
  /** Without its namespace: 4.5 moved the classes. */
  exceptionClass: string;
  message: string;
}

export type Answer = ({ value: unknown } | { exception: WebServiceException }) & {
  /** Where other text than Moodle's answer stood in the body. */
  foreign: ('before' | 'after')[];
};

export interface RawAnswer {
  status: number;
  body: string;
  location?: string;
  retryAfter?: string;
  /** The address that was asked. */
  asked?: string;
}

/** A proxy gave up waiting: PHP goes on, and may well finish. 520 and 524 are Cloudflare's. */
const gaveUpWaiting: ReadonlySet<number> = new Set([408, 499, 504, 520, 524]);

/** JSON can spell what no database holds; our journal and ledgers keep words of Moodle's. */
const perhapsUnstorable = /\\u(?:00[01]|d[89a-f]|fff[ef])/i;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Answers of what stands before Moodle: it will not be otherwise until somebody changes a setting. */
const settings: Readonly<Record<number, (status: number) => Failure>> = {
  ...{ 400: wrongPath, 404: wrongPath, 405: wrongPath, 410: wrongPath },
  ...{ 401: proxyRefuses, 403: proxyRefuses, 407: proxyRefuses },
  413: callTooLarge,
};

/**
 * Moodle's verdict is the shape of the body, never the status. Throws MoodleOutage for what no Moodle says, and
 * MoodleMisconfigured for a redirect (the address is not wwwroot), for switched-off web services and for what a proxy
 * refuses.
 */
export function readAnswer(raw: RawAnswer): Answer {
  const { status, body, location, asked } = raw;
  if (status >= 300 && status < 400) {
    throw new MoodleMisconfigured(isSame(location, asked) ? redirectLoop() : redirected(location));
  }
  const json = findJson(body);
  if (json === undefined) throw noAnswer(raw);
  const value = perhapsUnstorable.test(body) || unstorableIn(body) ? storableValue(json.value) : json.value;
  const foreign = (['before', 'after'] as const).filter((place) => json[place]);
  if (isObject(value) && typeof value.exception === 'string') {
    return {
      foreign,
      exception: {
        errorcode: typeof value.errorcode === 'string' ? value.errorcode : '',
        exceptionClass: value.exception.split('\\').at(-1) ?? '',
        message: typeof value.message === 'string' ? value.message : '',
      },
    };
  }
  if (status >= 400) throw noAnswer(raw);
  return { value, foreign };
}

function noAnswer({ status, body, retryAfter }: RawAnswer): MoodleMisconfigured | MoodleOutage {
  const empty = body.trim() === '';
  if (status === 403 && empty) return new MoodleMisconfigured(webServicesOff());
  const setting = settings[status];
  if (setting) return new MoodleMisconfigured(setting(status));
  if (status === 503 && !empty && (retryAfter === moodlesRetryAfter || /maintenance|обслуживани/i.test(body))) {
    return new MoodleOutage(maintenance(), false);
  }
  if (status >= 500 || gaveUpWaiting.has(status)) {
    return new MoodleOutage(serverFault(status), gaveUpWaiting.has(status));
  }
  return new MoodleOutage(noMoodleAnswer(empty ? 'empty' : 'html', status), false);
}

/** Seconds, with the page of a site that was put under maintenance by command line; the page itself is anybody's. */
const moodlesRetryAfter = '300';

function isSame(location: string | undefined, asked: string | undefined): boolean {
  if (!location || !asked || !URL.canParse(location, asked)) return false;
  const [to, from] = [new URL(location, asked), new URL(asked)];
  return to.origin === from.origin && to.pathname === from.pathname;
}
