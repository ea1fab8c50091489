import { unstorableIn } from '#contracts';
import { MoodleMisconfigured, MoodleOutage } from '../../errors.js';
import { readAnswer, type RawAnswer } from './answer.js';

const value = (body: string): unknown => {
  const answer = readAnswer({ status: 200, body });
  return 'value' in answer ? answer.value : answer.exception;
};

it('what no database can hold is no text, wherever it stands in an answer', () => {
  expect(value('[{"id":5,"idnumber":"a\\u0000\\ud83d","\\u0007":["\\uFFFF"]}]')).toEqual([
    { id: 5, idnumber: 'a\ufffd\ufffd', '\ufffd': ['\ufffd'] },
  ]);
  expect(value('[{"id":"\uffff"}]')).toEqual([{ id: '\ufffd' }]);
  const exception = value('{"exception":"x\\\\y","errorcode":"a\\u0000","message":"b\\udc00"}');
  expect(exception).toEqual({ exceptionClass: 'y', errorcode: 'a\ufffd', message: 'b\ufffd' });
});

it('every other letter stays, spelt out or not', () => {
  const name = 'Пётр 😀 \u00ad\u2028';
  const spelt = [...JSON.stringify(name)].map((letter) =>
    letter < '\u007f'
      ? letter
      : [...Array(letter.length).keys()]
          .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
  for (const body of [JSON.stringify([name]), `[${spelt.join('')}]`]) expect(value(body)).toEqual([name]);
  expect(unstorableIn(name)).toBeUndefined();
});

/** Kind and cause of what is thrown, and whether the call may still be at work; `read` where nothing is. */
function verdict(raw: Partial<RawAnswer> & { status: number }): string {
  try {
    readAnswer({ body: '', ...raw });
    return 'read';
  } catch (error) {
    if (error instanceof MoodleMisconfigured) return `configuration ${error.failure.cause}`;
    if (!(error instanceof MoodleOutage)) throw error;
    return `outage ${error.failure.cause}${error.timedOut ? ', may go on' : ''}`;
  }
}

const page = '<html>no Moodle</html>';
const site = 'https://moodle.example.edu/x';
test.each<[string, Partial<RawAnswer> & { status: number }, string]>([
  ...[400, 404, 405, 410].map((status): [string, { status: number; body: string }, string] => [
    `${status}: there is no Moodle`,
    { status, body: page },
    'configuration wrong-path',
  ]),
  ...[401, 403, 407].map((status): [string, { status: number; body: string }, string] => [
    `${status}: somebody stands before it`,
    { status, body: page },
    'configuration proxy-refuses',
  ]),
  ['403 and nothing else: web services are off', { status: 403, body: ' \n' }, 'configuration web-services-off'],
  ['413: too large', { status: 413, body: page }, 'configuration call-too-large'],
  ['JSON of a proxy is no answer of Moodle', { status: 400, body: '{"error":"bad"}' }, 'configuration wrong-path'],
  ['neither is a list with such a status', { status: 400, body: '[]' }, 'configuration wrong-path'],
  ['503 with its own pause', { status: 503, body: page, retryAfter: '300' }, 'outage moodle-maintenance'],
  ['503 with its words', { status: 503, body: '<h1>Maintenance</h1>' }, 'outage moodle-maintenance'],
  ['503 in Russian', { status: 503, body: 'Сайт на обслуживании' }, 'outage moodle-maintenance'],
  ['503 of a balancer', { status: 503, body: page, retryAfter: '10' }, 'outage moodle-server-fault'],
  ['503 and nothing else', { status: 503, body: '', retryAfter: '300' }, 'outage moodle-server-fault'],
  ['500 that speaks of maintenance', { status: 500, body: 'maintenance' }, 'outage moodle-server-fault'],
  ...[408, 499, 504, 520, 524].map((status): [string, { status: number; body: string }, string] => [
    `${status}: given up waiting`,
    { status, body: page },
    'outage moodle-server-fault, may go on',
  ]),
  ['502: it did not get there', { status: 502, body: page }, 'outage moodle-server-fault'],
  ['a page', { status: 200, body: page }, 'outage moodle-answer-html'],
  ['nothing', { status: 200, body: ' ' }, 'outage moodle-answer-empty'],
  [
    'sent elsewhere',
    { status: 300, location: 'https://other.example.edu/x', asked: site },
    'configuration wrong-address',
  ],
  ['sent to https', { status: 302, location: site, asked: site.replace('s:', ':') }, 'configuration wrong-address'],
  ['sent to another page', { status: 303, location: '/login', asked: site }, 'configuration wrong-address'],
  ['sent nowhere', { status: 301, asked: site }, 'configuration wrong-address'],
  ['sent to what is no address', { status: 301, location: 'https://', asked: site }, 'configuration wrong-address'],
  ['sent to itself', { status: 307, location: `${site}?again`, asked: site }, 'configuration redirect-loop'],
  ['sent to itself without its name', { status: 399, location: '/x', asked: site }, 'configuration redirect-loop'],
])('%s', (_, raw, expected) => {
  expect(verdict(raw)).toBe(expected);
});

test.each<[string, object]>([
  ['null', { foreign: [], value: null }],
  ['<b>Notice</b>: x\n[1]', { foreign: ['before'], value: [1] }],
  ['[1]\n<b>Notice</b>: x', { foreign: ['after'], value: [1] }],
  ['{"exception":1}', { foreign: [], value: { exception: 1 } }],
  [
    '{"exception":"a\\\\b\\\\c","message":7}',
    { foreign: [], exception: { errorcode: '', exceptionClass: 'c', message: '' } },
  ],
])('%s is read', (body, expected) => {
  expect(readAnswer({ status: 200, body })).toEqual(expected);
});
