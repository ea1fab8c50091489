import fc from 'fast-check';
import { latin } from './latin.js';

const blocks = (...ranges: [number, number][]): string[] =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .filter((letter) => /\p{L}/u.test(letter));

/** Letters that have no sound of their own: hard, soft, semisoft and neutral signs, payerok, and modifiers of them. */
const silent = new Set('ЪъЬьҌҍꙎꙏꙿꚜꚝᲆ');
const tonesAndClicks = /[ƄƅƧƨƻƼƽǀǁǂǃɁɂ]/;
const cyrillic = blocks([0x400, 0x52f], [0x1c80, 0x1c8f], [0x1d2b, 0x1d2b], [0x1d78, 0x1d78], [0xa640, 0xa69f]);

it.each(cyrillic)('Cyrillic %s is in Latin letters', (letter) => {
  expect(latin(letter)).toMatch(silent.has(letter) ? /^$/ : /^[A-Za-z]{1,4}$/);
});

it('a combining letter or mark of the Cyrillic blocks is no sign of another meaning', () => {
  for (let point = 0; point <= 0xffff; point++) {
    const mark = String.fromCharCode(point);
    if (!/\p{Script=Cyrillic}|\p{M}/u.test(mark)) continue;
    expect(latin(`а${mark}`)).toMatch(/^[A-Za-z0-9]+$/);
  }
});

it.each([
  ['Armenian', blocks([0x531, 0x556], [0x561, 0x587])],
  ['Georgian', blocks([0x10a0, 0x10fb], [0x10fc, 0x10ff], [0x1c90, 0x1cbf], [0x2d00, 0x2d2f])],
  ['Latin with marks', blocks([0xc0, 0x24f], [0x1e00, 0x1eff])],
])('%s is in Latin letters', (_, letters) => {
  const strange = letters.filter((letter) => !tonesAndClicks.test(letter) && !/^[A-Za-z]{1,4}$/.test(latin(letter)));
  expect(strange.join('')).toBe('');
});

it.each([
  ['Әхмәт', 'ahmat'],
  ['Һәдия Җәлил', 'hadiya jalil'],
  ['Ғабит Қайрат Ұлан Өмірбек Үміт Шыңғыс', 'gabit kayrat ulan omirbek umit shyngys'],
  ['ӷӻ Аԥсны Ҷамшед', 'gg apsny jamshed'],
  ['МагӀомед', 'magiomed'],
  ['Ӗҫтан', 'estan'],
  ['Əliyev Öztürk Łukasz Đorđe', 'aliyev ozturk lukasz dorde'],
  ['Սևակ', 'sevak'],
  ['Հարություն Չարենց', 'harutyun charents'],
  ['ძერა Წერეთელი', 'dzera tsereteli'],
  ['Щербаков Юлия Объедков Подъячев', 'shcherbakov yuliya obedkov podyachev'],
  ['Петров‑Водкин, Мамин—Сибиряк', 'petrov-vodkin, mamin-sibiryak'],
  ['Иванов😀 ①½«»', 'ivanov 112'],
  ['李明', 'li ming'],
  ["O'Neil@x+y", "o'neil@x+y"],
])('%s is %s', (name, written) => expect(latin(name).toLowerCase()).toBe(written));

it('nothing but ASCII comes out, and signs only where ASCII went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = latin(text);
      expect(written).toMatch(/^[ -~]*$/);
      const signs = /[^A-Za-z0-9 -]/g;
      expect(written.match(signs) ?? []).toEqual(text.replace(/[^ -~]/g, '').match(signs) ?? []);
    }),
  );
});
