import type { MoodleVersion } from '../switches/switches.js';
import { asVersionSays, type MoodleError } from './errors.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Format = 'json' | 'xml';

const json = { 'content-type': 'application/json' };
const xml = { 'content-type': 'application/xml; charset=utf-8' };
export const html = { 'content-type': 'text/html; charset=utf-8' };

export function answerOf(result: unknown, format: Format): Answer {
  if (format === 'json') return { status: 200, headers: json, body: JSON.stringify(result ?? null) };
  const inner = result === undefined || result === null ? '<VALUE null="null"/>' : xmlOf(result);
  return { status: 200, headers: xml, body: `${prolog}<RESPONSE>\n${inner}\n</RESPONSE>\n` };
}

/** Moodle's refusals are HTTP 200; before 4.2 exception classes had no namespace. */
export function answerOfError(said: MoodleError, format: Format, version: MoodleVersion, debug: boolean): Answer {
  const error = asVersionSays(said, version);
  const exception = version === '4.1' ? error.exceptionClass.replace(/^.*\\/, '') : error.exceptionClass;
  const debuginfo = debug && !error.beforeLogin ? error.debuginfo : undefined;
  if (format === 'json') {
    const body = {
      exception,
      ...(error.errorcode === undefined ? {} : { errorcode: error.errorcode }),
      message: error.message,
      ...(debuginfo === undefined ? {} : { debuginfo }),
    };
    return { status: 200, headers: json, body: JSON.stringify(body) };
  }
  const code = error.errorcode === undefined ? '' : `<ERRORCODE>${escape(error.errorcode)}</ERRORCODE>\n`;
  const info = debuginfo === undefined ? '' : `<DEBUGINFO>${escape(debuginfo)}</DEBUGINFO>\n`;
  const body = `${prolog}<EXCEPTION class="${escape(exception)}">\n${code}<MESSAGE>${escape(error.message)}</MESSAGE>\n${info}</EXCEPTION>\n`;
  return { status: 200, headers: xml, body };
}

const prolog = '<?xml version="1.0" encoding="UTF-8" ?>\n';

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return `<MULTIPLE>\n${value.map(xmlOf).join('\n')}\n</MULTIPLE>`;
  if (value !== null && typeof value === 'object') {
    const keys = Object.entries(value).filter(([, one]) => one !== undefined);
    return `<SINGLE>\n${keys.map(([key, one]) => `<KEY name="${key}">${xmlOf(one)}</KEY>`).join('\n')}\n</SINGLE>`;
  }
  if (value === null || value === undefined) return '<VALUE null="null"/>';
  return `<VALUE>${escape(typeof value === 'boolean' ? (value ? '1' : '0') : String(value))}</VALUE>`;
}

const escape = (value: string): string =>
  value.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
