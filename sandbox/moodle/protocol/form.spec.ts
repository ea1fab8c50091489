import fc from 'fast-check';
import { parseForm, PhpArray, type PhpValue } from './form.js';

const plain = (value: PhpValue): unknown =>
  typeof value === 'string' ? value : [...value].map(([key, one]) => [key, plain(one)]);

const read = (text: string, limit = 1000) => plain(parseForm(text, limit));

describe('a form as PHP reads it', () => {
  it.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=1&a=2', [['a', '2']]],
    [
      'a[x]=1&a[y]=2',
      [
        [
          'a',
          [
            ['x', '1'],
            ['y', '2'],
          ],
        ],
      ],
    ],
    [
      'a[]=1&a[]=2',
      [
        [
          'a',
          [
            ['0', '1'],
            ['1', '2'],
          ],
        ],
      ],
    ],
    [
      'a[7]=1&a[]=2',
      [
        [
          'a',
          [
            ['7', '1'],
            ['8', '2'],
          ],
        ],
      ],
    ],
    [
      'a[2]=x&a[1]=y',
      [
        [
          'a',
          [
            ['2', 'x'],
            ['1', 'y'],
          ],
        ],
      ],
    ],
    ['a%5B0%5D%5Bb%5D=%D0%98+%26', [['a', [['0', [['b', 'И &']]]]]]],
    [
      'a.b=1&c d=2',
      [
        ['a_b', '1'],
        ['c_d', '2'],
      ],
    ],
    ['a[b=1', [['a_b', '1']]],
    ['a=1&a[b]=2', [['a', [['b', '2']]]]],
    ['a[b]c=1', [['a', [['b', '1']]]]],
    [
      'flag&b=%',
      [
        ['flag', ''],
        ['b', '%'],
      ],
    ],
    ['=1&&b=2', [['b', '2']]],
  ])('%s', (text, wanted) => expect(read(text)).toEqual(wanted));

  it('marks bytes that are no UTF-8 so that cleaning refuses them', () => {
    const value = parseForm('a=x%FFy', 10).get('a') as string;
    expect(value).toMatch(/[\uD800-\uDFFF]/u);
  });

  it('keeps the first variables up to the limit, whatever they are, and drops the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (values, limit) => {
        const text = values.map((value, i) => `v[${i}]=${encodeURIComponent(value)}`).join('&');
        const form = parseForm(text, limit);
        const held = form.get('v');
        const kept = held instanceof PhpArray ? [...held.values()] : [];
        expect(kept).toEqual(values.slice(0, limit));
        expect(form.truncated).toBe(values.length > limit);
      }),
    );
  });
});
