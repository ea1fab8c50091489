/** A form as PHP reads it: nested arrays keep the order in which their keys came. */
export class PhpArray extends Map<string, PhpValue> {
  private next = 0;
  /** The form held more variables than were taken. */
  truncated = false;

  override set(key: string, value: PhpValue): this {
    if (isIndex(key)) this.next = Math.max(this.next, Number(key) + 1);
    return super.set(key, value);
  }

  push(value: PhpValue): void {
    this.set(String(this.next), value);
  }
}

export type PhpValue = string | PhpArray;

const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,15})$/.test(key);

/**
 * Reads `a[b][c]=v&...`. Variables beyond `limit` are dropped without a word, as PHP's max_input_vars does.
 */
export function parseForm(text: string, limit: number): PhpArray {
  const root = new PhpArray();
  let taken = 0;
  let at = 0;
  while (at < text.length && taken < limit) {
    let end = text.indexOf('&', at);
    if (end < 0) end = text.length;
    if (end > at) {
      const equals = text.indexOf('=', at);
      const hasValue = equals >= 0 && equals < end;
      const name = text.slice(at, hasValue ? equals : end);
      if (name !== '') {
        taken++;
        assign(root, pathOf(name), hasValue ? decode(text.slice(equals + 1, end)) : '');
      }
    }
    at = end + 1;
  }
  root.truncated = at < text.length;
  return root;
}

/** Stores a variable already decoded (multipart bodies). */
export function assignNamed(root: PhpArray, name: string, value: string): void {
  assign(root, splitName(name), value);
}

function assign(root: PhpArray, path: readonly string[], value: string): void {
  if (path.length === 0) return;
  let target = root;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth]!;
    const held = key === '' ? undefined : target.get(key);
    if (held instanceof PhpArray) {
      target = held;
      continue;
    }
    const made = new PhpArray();
    if (key === '') target.push(made);
    else target.set(key, made);
    target = made;
  }
  const last = path[path.length - 1]!;
  if (last === '') target.push(value);
  else target.set(last, value);
}

/** Names repeat from call to call, so their reading is remembered. */
const knownNames = new Map<string, readonly string[]>();
const knownNamesLimit = 50_000;

function pathOf(encoded: string): readonly string[] {
  const known = knownNames.get(encoded);
  if (known) return known;
  const path = splitName(decode(encoded));
  if (knownNames.size < knownNamesLimit) knownNames.set(encoded, path);
  return path;
}

/** `a.b[c][]` -> ['a_b', 'c', '']: PHP mends the first part and leaves the indices as they are. */
function splitName(decoded: string): readonly string[] {
  const name = decoded.replace(/^ +/, '').replace(/\0.*$/s, '');
  const open = name.indexOf('[');
  const mend = (part: string) => part.replace(/[ .]/g, '_');
  if (open <= 0) return name === '' ? [] : [mend(name).replace(/^\[/, '_')];
  const path = [mend(name.slice(0, open))];
  let at = open;
  while (name[at] === '[') {
    const close = name.indexOf(']', at);
    if (close < 0) {
      if (at === open) return [`${mend(name.slice(0, open))}_${mend(name.slice(open + 1))}`];
      break;
    }
    path.push(name.slice(at + 1, close).trimStart());
    at = close + 1;
  }
  return path;
}

/** Bytes that are no UTF-8 become lone surrogates, so that cleaning can tell and refuse them. */
function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const bytes = Buffer.from(
      spaced.replace(/%([0-9a-f]{2})|([^\0-\x7f]+)/gi, (_all, hex: string | undefined, wide: string | undefined) =>
        hex ? String.fromCharCode(parseInt(hex, 16)) : Buffer.from(wide!).toString('latin1'),
      ),
      'latin1',
    );
    return bytes.toString('utf8').replaceAll('\uFFFD', '\uDC80');
  }
}
