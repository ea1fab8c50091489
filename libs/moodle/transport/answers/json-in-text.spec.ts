import fc from 'fast-check';
import { processorTime } from '#platform/testing';
import { findJson } from './json-in-text.js';

const notice = '<br />\n<b>Notice</b>:  Undefined index: [0] in <b>/var/www/x.php</b> on line <b>3</b><br />';
const printed = 'Array\n(\n    [0] => a\n    [1] => {"b": 1}\n)';
const comment = '<!-- {"served": [1, 2]} -->';
const script = '<script>var a = {"b": []}; window.c = [];</script>';
const logged = '[26-Nov-2026 12:00:00 UTC] PHP Warning:  x in y.php on line 3';

describe('an answer is found', () => {
  const answers = [
    'null',
    '[]',
    '{"warnings":[]}',
    '[{"id":5,"username":"a[\\"}"}]',
    '{"exception":"x","message":"]"}',
  ];
  const before = ['', `${notice}\n`, `${printed}\n`, `${comment}\n`, `${logged}\n`, '\ufeff\n'];
  const after = [
    '',
    `\n${notice}`,
    `\n${comment}`,
    script,
    `\n${script}\n${notice}\n`,
    `\n${logged}`,
    '\n\nNotice: [x] in y',
  ];
  for (const answer of answers)
    it.each(before.flatMap((text) => after.map((more) => [text, more])))(
      `${answer} between %j and %j`,
      (text, more) => {
        expect(findJson(`${text}${answer}${more}`)).toEqual({
          value: JSON.parse(answer),
          before: text.trim() !== '',
          after: more.trim() !== '',
        });
      },
    );
});

it.each([
  ['a page with a script', `<!DOCTYPE html>\n<html><head><script>\nM.cfg = {"a":1};\n[]\n</script></head></html>`],
  ['a page behind a comment', `${comment}\n<html>\n[]\n</html>`],
  ['a notice alone', notice],
  ['what PHP prints of a list', printed],
  ['half an answer', '[{"id":5},{"id"'],
  ['a word', 'true'],
  ['nothing', ' \n'],
])('in %s there is none', (_, body) => expect(findJson(body)).toBeUndefined());

it('no text makes it slow or throw', () => {
  const piece = fc.constantFrom('[', '{', '"', '\\', ']', '}', '[]', 'null', '\n', '<', '>', ':', ',', '1');
  fc.assert(fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => void findJson(pieces.join(''))));
  const spent = processorTime(() => {
    findJson(`x${'['.repeat(200_000)}`);
    findJson(`x${'["'.repeat(200_000)}`);
  });
  expect(spent).toBeLessThan(2_000);
});
