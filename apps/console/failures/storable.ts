/** What PostgreSQL's text and jsonb cannot hold: U+0000 and halves of surrogate pairs. */
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export const storableText = (text: string): string => text.replace(unstorable, '\uFFFD');

/** A copy that jsonb takes: strings mended, what JSON does not know left out, nothing deeper than it should be. */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || Buffer.isBuffer(value) || depth > 30) return undefined;
  if (Array.isArray(value)) return value.map((each) => storable(each, depth + 1) ?? null);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const kept = storable(each, depth + 1);
      return kept === undefined ? [] : [[storableText(key), kept]];
    }),
  );
}
