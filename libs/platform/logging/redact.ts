/** Fields that hold personal data or secrets, whatever object they stand in. Codes of students may be logged. */
const personal =
  /^(last|first|middle|full|sur|user|patr\w*)_?name\w*$|^(name|patronymic)s?$|e-?mail|passw|pwd$|token|secret|authori[sz]ation|cookie|^(parameters|detail|where)$/i;

const hidden = '***';

/** Characters of a text that a log line takes. */
const longest = 8_192;

/** Cut behind a space: half of an address or of a secret would no longer be known for one. */
function cut(text: string): string {
  if (text.length <= longest) return text;
  let end = longest;
  while (end > 0 && !/\s/.test(text[end - 1]!)) end -= 1;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}

/**
 * Addresses' credentials and e-mail addresses, wherever they stand in a text; a long text is cut. Every repetition in
 * the patterns has a limit: without one, a long text without `@` takes time by the square of its length.
 */
export function redactText(text: string): string {
  return cut(text)
    .replace(/([a-z][a-z0-9+.-]{0,40}:\/\/)[^\s/@:]{0,300}:[^\s@]{0,300}@/gi, `$1${hidden}@`)
    .replace(/\b(wstoken|token|password)=[^&\s"']+/gi, `$1=${hidden}`)
    .replace(/[\p{L}\d._%+-]{1,320}@[\p{L}\d-]{1,100}(\.[\p{L}\d-]{1,100})+/gu, hidden);
}

/**
 * What may be said of an error: its name, message, stack and causes. Nothing else it carries: database drivers hang the
 * row's values on it. PostgreSQL's data errors (SQLSTATE 22...) quote the value itself, so quotes are emptied.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error, message: redactText(String(error)) };
  const code = (error as { code?: unknown }).code;
  const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  const clean = (text: string): string => {
    const plain = redactText(text);
    return sqlState?.startsWith('22') ? plain.replace(/"[^"]*"/g, `"${hidden}"`) : plain;
  };
  return {
    name: error.name,
    message: clean(error.message),
    ...(typeof code === 'string' && { code }),
    ...(error.stack && { stack: clean(error.stack) }),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** A copy of the fields that may stand in a log line. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth >= 6) return '[deep]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Set) return [...value].map((item) => redact(item, depth + 1));
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const name = String(key);
    copy[name] = depth >= 0 && personal.test(name) ? hidden : redact(item, depth + 1);
  }
  return copy;
}
