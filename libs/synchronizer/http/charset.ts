/** The bytes are no text in the charset that was declared for them; the text is for whoever sent them. */
export class CharsetError extends Error {
  override name = 'CharsetError';
}

/** By the mark of byte order, or by how `<` stands at the front; UTF-8 needs neither. */
function plainFrom(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xef && second === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

/** Of the header, then of the XML declaration, then of an HTML page. */
function declaredFor(bytes: Uint8Array, contentType: string | undefined): string[] {
  const head = Buffer.from(bytes.subarray(0, 2_000)).toString('latin1');
  const found = [
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? ''),
    /^\s*<\?xml[^>]{0,200}\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head),
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head),
  ];
  return found.flatMap((one) => one?.[1]?.toLowerCase() ?? []);
}

/** Undefined: no such charset, or the bytes are no text in it. Node knows windows-1251, KOI8-R, IBM866, UTF-16... */
function decodedAs(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A request, in the charset that its header or its XML declares; UTF-8 where none is. Throws {@link CharsetError}. */
export function decodeRequest(bytes: Uint8Array, contentType: string | undefined): string {
  const plain = plainFrom(bytes);
  const charsets = plain === undefined ? declaredFor(bytes, contentType) : [plain];
  if (charsets.length === 0) charsets.push('utf-8');
  for (const charset of charsets) {
    const text = decodedAs(charset, bytes);
    if (text !== undefined) return text;
  }
  throw new CharsetError(
    `Тело запроса — не текст в кодировке ${charsets[0]!.slice(0, 40)}: укажите кодировку в Content-Type и передавайте в ней, лучше всего UTF-8`,
  );
}

/**
 * An answer. What is UTF-8 is hardly ever anything else, whatever a web server declares of old habit; what is not is
 * read as declared, else as Windows in Russia writes: a page of 1C that says that the infobase is locked often does.
 */
export function decodeAnswer(bytes: Uint8Array, contentType: string | undefined): string {
  for (const charset of [plainFrom(bytes) ?? 'utf-8', ...declaredFor(bytes, contentType)]) {
    const text = decodedAs(charset, bytes);
    if (text !== undefined) return text;
  }
  return new TextDecoder('windows-1251').decode(bytes);
}
