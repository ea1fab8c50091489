import type { Random } from '../../sandbox/onec/university/random.js';

const oddities = [
  '\u0000', '\uFEFF', '\u00A0', '\uD800', '<![CDATA[', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', '</', '<m:return>', 'xsi:nil="true"',
  '{}', '[]', 'null', 'true', '1e999', '-1', '"__proto__":{"a":1},', '"constructor":', '\\ud800', '\\u0000', '9007199254740993', '\r\n',
  '\u00AD', '\u200B', '\u2060', '\u202E', '\u3164', '\u2800', '\u0301', '\uDE00', '\uFFFF', '\u0007', '😀', '👩\u200D👩', 'Ә', 'и\u0306',
  '\\u00ad', '\\u200b', '\\u3164', '\\ud83d\\ude00', '\\udc00', '\\u0007', '\\uffff', '\\u0301',
]; // prettier-ignore

/** One to four cuts, repetitions, swaps and insertions somewhere in the text. */
export function mutate(text: string, random: Random): string {
  const at = (length: number): number => Math.floor(random.next() * (length + 1));
  let mutated = text;
  for (let left = 1 + at(3); left > 0; left--) {
    const [from, length] = [at(mutated.length), at(random.next() < 0.8 ? 12 : mutated.length)];
    const [head, piece, tail] = [
      mutated.slice(0, from),
      mutated.slice(from, from + length),
      mutated.slice(from + length),
    ];
    switch (at(5)) {
      case 0:
        mutated = head + tail;
        break;
      case 1:
        mutated = head + piece + piece + tail;
        break;
      case 2:
        mutated = head + oddities[at(oddities.length - 1)]! + piece + tail;
        break;
      case 3:
        mutated = head + String.fromCharCode(at(0xffff)) + piece.slice(1) + tail;
        break;
      case 4:
        mutated = tail + piece + head;
        break;
      default:
        mutated = head;
    }
    if (mutated.length > 20_000) mutated = mutated.slice(0, 20_000);
  }
  return mutated;
}
