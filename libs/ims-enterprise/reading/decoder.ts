import { TextDecoder } from 'node:util';
import { both } from '#contracts';
import { DamagedFileError } from './faults.js';

/** An XML declaration of usual length fits in. */
const headLength = 256;
const declaration = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/;

/** By the byte order mark, else by the bytes of `<`, else by the XML declaration, else UTF-8. */
function encodingOf(head: Buffer): string {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (begins(0xef, 0xbb, 0xbf)) return 'utf-8';
  if (begins(0xff, 0xfe) || begins(0x3c, 0x00)) return 'utf-16le';
  if (begins(0xfe, 0xff) || begins(0x00, 0x3c)) return 'utf-16be';
  const declared = declaration.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  // the declaration itself could not be read were it true
  return /^utf-?16|^ucs-?2|^iso-10646/i.test(declared) ? 'utf-8' : declared;
}

/** Bytes of a file to its text. Bytes that the encoding does not know damage the file. */
export class FileDecoder {
  #head: Buffer = Buffer.alloc(0);
  #decoder: TextDecoder | undefined;
  #lines = 1;
  #lastLine = 0;

  push(bytes: Uint8Array): string {
    if (this.#decoder) return this.#decode(bytes);
    this.#head = Buffer.concat([this.#head, bytes]);
    return this.#head.length < headLength ? '' : this.#begin();
  }

  end(): string {
    const begun = this.#decoder ? '' : this.#begin();
    return begun + this.#decode(undefined);
  }

  #begin(): string {
    const encoding = encodingOf(this.#head);
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true });
    } catch {
      const [ru, en] = [`кодировка ${encoding} неизвестна`, `the encoding ${encoding} is not known`];
      throw new DamagedFileError(1, 1, both(ru, en));
    }
    return this.#decode(this.#head);
  }

  #decode(bytes: Uint8Array | undefined): string {
    let text: string;
    try {
      text = bytes ? this.#decoder!.decode(bytes, { stream: true }) : this.#decoder!.decode();
    } catch {
      this.#count(this.#soundBegin(bytes));
      const { encoding } = this.#decoder!;
      const what = both(
        `байты, которых нет в кодировке ${encoding}`,
        `bytes that the encoding ${encoding} does not know`,
      );
      throw new DamagedFileError(this.#lines, this.#lastLine + 1, what);
    }
    this.#count(text);
    return text;
  }

  /** What of the piece can be read, up to the first wrong byte. A character that the piece begins in the middle of is left out. */
  #soundBegin(bytes: Uint8Array | undefined): string {
    if (!bytes) return '';
    let begin = 0;
    if (this.#decoder!.encoding === 'utf-8') while (begin < 3 && (bytes[begin]! & 0xc0) === 0x80) begin++;
    const text = new TextDecoder(this.#decoder!.encoding).decode(bytes.subarray(begin));
    return text.slice(0, Math.max(0, text.indexOf('\uFFFD')));
  }

  #count(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#lines++;
      this.#lastLine = 0;
      from = end + 1;
    }
    this.#lastLine += text.length - from;
  }
}
