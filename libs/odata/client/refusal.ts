import { both } from '#contracts';
import { redactText } from '#platform';
import {
  BusyError,
  CredentialsError,
  ForbiddenError,
  LicenceError,
  LockedError,
  NoSetError,
  PublicationError,
  QueryError,
  RightsError,
  ServerError,
  type ODataError,
} from '../errors.js';

export interface Refused {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const locked =
  /начало сеанса[^.]{0,60}запрещено|session[^.]{0,40}(start|begin)[^.]{0,40}(not allowed|prohibited|forbidden|denied)|соединени[ея] с информационной базой запрещен/i;
const licence = /не обнаружено свободной лицензии|не найдена лицензия|no free licen[sc]e|licen[sc]e (is )?not found/i;

/** IIS refuses a longer query with a page of its own. */
export const longestQuery = 2048;

/** 1C's own word on what is wrong: JSON, or XML where the format was lost on the way. */
export function wordOf(body: string): { code: string; text: string } | undefined {
  try {
    const error = (JSON.parse(body) as { 'odata.error'?: { code?: unknown; message?: { value?: unknown } } })[
      'odata.error'
    ];
    if (error) return { code: String(error.code), text: String(error.message?.value ?? '') };
  } catch {
    const code = /<(?:\w+:)?code>(-?\d+)<\/(?:\w+:)?code>/.exec(body)?.[1];
    if (code !== undefined)
      return { code, text: /<(?:\w+:)?message[^>]*>([^<]*)<\/(?:\w+:)?message>/.exec(body)?.[1] ?? '' };
  }
  return undefined;
}

/** IIS may offer only what a service's account by name and password cannot use. */
function schemesInstead(challenge: string): string {
  const offered = [...challenge.matchAll(/(?:^|,)\s*(Basic|Negotiate|NTLM|Kerberos|Digest|Bearer)\b/gi)].map(
    ([, scheme]) => scheme!,
  );
  return offered.some((scheme) => /basic/i.test(scheme)) ? '' : [...new Set(offered)].join(', ');
}

/** What an answer that is not 200 means for a question about that set. */
export function refusalOf({ status, headers, body }: Refused, set: string): ODataError {
  if (licence.test(body)) return new LicenceError();
  if (locked.test(body)) return new LockedError();
  const word = wordOf(body);
  if (word) {
    if (word.code === '20') return new RightsError(set);
    if (word.code === '8' || (word.code === '6' && /сегмент|segment/i.test(word.text))) return new NoSetError(set);
    // The application's own exception may pass; the text of it may quote people.
    if (word.code === '-1')
      return new ServerError(
        both(`исключение при чтении ${set} (код -1)`, `an exception while reading ${set} (code -1)`),
      );
    return new QueryError(set, word.code, redactText(word.text).slice(0, 200));
  }
  const challenge = headers['www-authenticate'];
  if (status === 401) return new CredentialsError(schemesInstead([challenge ?? ''].flat().join(', ')));
  if (status === 402) return new LicenceError();
  if (status === 403) return new ForbiddenError();
  if (status === 404 || status === 405) return new PublicationError(`HTTP ${status}`);
  if (status === 406) return new BusyError();
  if (status >= 300 && status < 400) return new PublicationError(`HTTP ${status}`);
  // 400 without a word of 1C: the session that the web server kept for us is gone.
  return new ServerError(both(`HTTP ${status}`, `HTTP ${status}`));
}
