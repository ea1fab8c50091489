/** Letters of a text from outside that stand in a row; and where it is read as a whole. */
export const [inRow, asWhole] = [1_000, 20_000] as const;

/** No longer than so many letters, no letter halved, with a mark where something is missing. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = /[\uD800-\uDBFF]$/;
  return `${text.slice(0, longest).replace(half, '')}…`;
}

/** Every text in a value that was JSON. */
export function cutTexts(value: unknown, longest: number = inRow): unknown {
  if (typeof value === 'string') return cut(value, longest);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => cutTexts(each, longest));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [cut(key, longest), cutTexts(each, longest)]));
}

/** SQL: texts in both languages, as much of them as {@link cut} needs to see. */
export const shortBilingual = (column: string): string =>
  `case when ${column} is not null then jsonb_build_object('ru', left(${column}->>'ru', ${inRow + 1}),
    'en', left(${column}->>'en', ${inRow + 1})) end`;
