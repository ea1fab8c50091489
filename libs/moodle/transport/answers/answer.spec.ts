import { unstorableIn } from '#contracts';
import { readAnswer } from './answer.js';

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
