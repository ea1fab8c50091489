import { storable as storableText } from '#contracts';

export { storableText };

const deepest = 30;

/** A copy that jsonb takes: strings mended, what JSON does not know left out, nothing deeper than it should be. */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || Buffer.isBuffer(value) || depth > deepest) return undefined;
  if (Array.isArray(value)) return value.map((each) => storable(each, depth + 1) ?? null);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const kept = storable(each, depth + 1);
      return kept === undefined ? [] : [[storableText(key), kept]];
    }),
  );
}

/** Whether all strings of this JSON can be stored as they are; bytes that were decoded hold what cannot as escapes only. */
export const hasStorableTexts = (json: string): boolean => !json.includes('\\u');

/** Whether {@link storable} would leave nothing out of what was JSON. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth > deepest) return false;
  for (const each of Array.isArray(value) ? (value as unknown[]) : Object.values(value))
    if (!isShallow(each, depth + 1)) return false;
  return true;
}
