import { both, type Bilingual } from '#contracts';

const marks: [Buffer, 'utf-8' | 'utf-16le' | 'utf-16be'][] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
];

/** Every second byte of Latin text in UTF-16 is zero; a text of ours holds none otherwise. */
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const marked = marks.find(([mark]) => bytes.subarray(0, mark.length).equals(mark));
  if (marked) return marked[1];
  if (bytes.length >= 2 && bytes.length % 2 === 0 && bytes.includes(0)) return bytes[1] === 0 ? 'utf-16le' : 'utf-16be';
  return 'utf-8';
}

/**
 * Text of a file as an editor wrote it, on Windows too: UTF-8 or UTF-16, without a mark of byte order. What is in
 * another encoding is refused: guessing would make another text of it in silence.
 */
export function textOfFile(bytes: Buffer): { text: string } | { what: Bilingual; mend: Bilingual } {
  try {
    // The mark of byte order is dropped.
    return { text: new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes) };
  } catch {
    return {
      what: both('файл не в UTF-8 (вероятно, windows-1251)', 'the file is not in UTF-8 (probably windows-1251)'),
      mend: both('сохраните его в кодировке UTF-8', 'save it in UTF-8'),
    };
  }
}
