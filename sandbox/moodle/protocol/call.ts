import type { IncomingHttpHeaders } from 'node:http';
import type { Switches } from '../switches/switches.js';
import type { Format } from './answer.js';
import { parseForm, PhpArray } from './form.js';
import { parseMultipart } from './multipart.js';

/** A web service call as PHP hands it to Moodle. */
export interface RestCall {
  readonly token: string;
  readonly name: string;
  readonly format: Format;
  readonly raw: boolean;
  readonly args: PhpArray;
  /** Variables were dropped on the way in. */
  readonly truncated: boolean;
  readonly calledBy: string;
}

const settings = [
  'wstoken',
  'wsfunction',
  'moodlewsrestformat',
  'moodlewssettingraw',
  'moodlewssettingfilter',
  'moodlewssettingfileurl',
  'moodlewssettinglang',
  'moodlewssettingtimezone',
];

export interface Arrived {
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Reads address and body; a top-level key of the body replaces that of the address. */
export function readCall(arrived: Arrived, switches: Switches): RestCall {
  const args = parseForm(arrived.query, switches.maxInputVars);
  let { truncated } = args;
  const posted = readBody(arrived, switches);
  truncated ||= posted.truncated;
  for (const [key, value] of posted) args.set(key, value);
  const scalar = (key: string): string => {
    const value = args.get(key);
    return typeof value === 'string' ? value : '';
  };
  const call = {
    token: scalar('wstoken'),
    name: scalar('wsfunction'),
    format: scalar('moodlewsrestformat') === 'json' ? ('json' as const) : ('xml' as const),
    raw: ['1', 'true', 'on', 'yes'].includes(scalar('moodlewssettingraw')),
    truncated,
    calledBy: `http://${arrived.headers.host ?? 'localhost'}`,
  };
  for (const key of settings) args.delete(key);
  return { ...call, args };
}

/** PHP takes one variable of a body more than its limit says. */
function readBody({ headers, body }: Arrived, switches: Switches): PhpArray {
  if (body.length === 0 || body.length > switches.postMaxBytes) return new PhpArray();
  const type = headers['content-type'] ?? '';
  const limit = switches.maxInputVars + 1;
  if (/^application\/x-www-form-urlencoded/i.test(type)) return parseForm(body.toString('utf8'), limit);
  if (/^multipart\/form-data/i.test(type)) return parseMultipart(body, type, limit);
  return new PhpArray();
}
