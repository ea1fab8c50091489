import { both, type Bilingual } from '#contracts';
import { readAnswer, type Answer } from './envelope.js';
import {
  AccessError,
  AuthenticationError,
  AuthenticationSchemeError,
  BusyError,
  FaultError,
  LicenceError,
  LockedError,
  ProtocolError,
  PublicationError,
  ServerError,
  UnknownElsError,
} from '../errors.js';
import type { HttpAnswer } from '../http/exchange.js';
import { withoutNames } from './without-names.js';
import { NotXmlError, stripBom } from './xml.js';

/** Form of a body, by its first characters: 1C's content types cannot be trusted. */
export type BodyForm = 'empty' | 'xml' | 'html' | 'json' | 'text';

export function sniff(body: string): BodyForm {
  const start = stripBom(body).trimStart().slice(0, 200).toLowerCase();
  if (start === '') return 'empty';
  if (/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?(<!doctype html|<html|<head|<body|<title|<h\d)/.test(start)) return 'html';
  if (start.startsWith('<')) return 'xml';
  return start.startsWith('{') || start.startsWith('[') ? 'json' : 'text';
}

const locked =
  /начало сеанса[^.]{0,60}запрещено|session[^.]{0,40}(start|begin)[^.]{0,40}(not allowed|prohibited|forbidden|denied)|соединени[ея] с информационной базой запрещен/i;
const licence = /не обнаружено свободной лицензии|не найдена лицензия|no free licen[sc]e|licen[sc]e (is )?not found/i;
const unknownEls = /не найден[ао]?\s+(эос|els|систем)|(els|system)\b.{0,80}\bnot found|unknown (els|system)/i;

/** What is being asked, for the words of an error. */
export interface Asked {
  operation: string;
  els?: string;
}

export function faultError(text: string, asked: Asked): Error {
  if (locked.test(text)) return new LockedError();
  if (licence.test(text)) return new LicenceError();
  if (asked.els !== undefined && unknownEls.test(text)) return new UnknownElsError(asked.els);
  return new FaultError(withoutNames(text));
}

/** A page of the platform or the web server in place of an answer: only its title is worth telling. */
const titleOf = (body: string): string => {
  const title = /<title>([^<]{1,120})<\/title>/i.exec(body)?.[1]?.trim();
  return title ? ` (${withoutNames(title)})` : '';
};

/** IIS may offer only what a service's account by name and password cannot use. */
function unauthorized(challenge: string): Error {
  const offered = [...challenge.matchAll(/(?:^|,)\s*(Basic|Negotiate|NTLM|Kerberos|Digest|Bearer)\b/gi)].map(
    ([, scheme]) => scheme!,
  );
  return offered.length === 0 || offered.some((scheme) => /basic/i.test(scheme))
    ? new AuthenticationError()
    : new AuthenticationSchemeError([...new Set(offered)].join(', '));
}

/** The error that a status and a body mean whatever was asked; none where the body must still be read. */
export function refusal({ status, body, headers }: HttpAnswer, form: BodyForm): Error | undefined {
  if (licence.test(body) && status !== 200) return new LicenceError();
  if (locked.test(body) && status !== 200) return new LockedError();
  if (status === 401) return unauthorized(headers['www-authenticate'] ?? '');
  if (status === 402) return new LicenceError();
  if (status === 403) return new AccessError();
  if (status === 404 || status === 405) return new PublicationError(`HTTP ${status}`);
  if (status === 406) return new BusyError();
  if (status >= 300 && status < 400) return new PublicationError(`HTTP ${status}, a redirect`);
  if (status >= 500 && form !== 'xml') return new ServerError(status, titleOf(body));
  return undefined;
}

/** Something came in place of what was asked for. */
export const instead = (form: BodyForm, body: string, wanted: 'SOAP' | 'WSDL'): Bilingual =>
  form === 'html'
    ? both(
        `вместо ${wanted} пришла страница HTML${titleOf(body)}`,
        `an HTML page came instead of ${wanted}${titleOf(body)}`,
      )
    : both(`вместо ${wanted} пришло иное`, `something else came instead of ${wanted}`);

/** Text of the operation's result. Throws one of the errors of this library. */
export function resultOf(answered: HttpAnswer, asked: Asked): string {
  const { status, body } = answered;
  const form = sniff(body);
  const refused = refusal(answered, form);
  if (refused) throw refused;
  if (form === 'empty') throw new ProtocolError(both('тело ответа пусто', 'the body is empty'));
  if (form !== 'xml') {
    if (locked.test(body)) throw new LockedError();
    if (licence.test(body)) throw new LicenceError();
    throw new ProtocolError(instead(form, body, 'SOAP'));
  }
  let answer: Answer;
  try {
    answer = readAnswer(body, asked.operation);
  } catch (error) {
    if (status >= 500) throw new ServerError(status, '');
    if (error instanceof NotXmlError)
      throw new ProtocolError(both('XML оборван или испорчен', 'the XML is cut short or damaged'));
    throw error;
  }
  if ('fault' in answer) throw faultError(answer.fault, asked);
  if ('result' in answer && status < 400) return answer.result;
  if (locked.test(body)) throw new LockedError();
  if (status >= 500) throw new ServerError(status, '');
  throw new ProtocolError(both(`нет ${asked.operation}Response`, `there is no ${asked.operation}Response`));
}
