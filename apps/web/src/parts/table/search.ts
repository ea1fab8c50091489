/** Reads what stands in an address: what is none of the known is left out, as if it had not been written. */
export type Raw = Record<string, unknown>;

/** A text; numbers are texts here, for a code of digits is one. */
export const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
};

/** By a clock, to the minute: `2026-11-26T12:04`. */
export const clocks = (raw: Raw, key: string): string | undefined => {
  const value = raw[key];
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? value : undefined;
};

export const oneOf = <Value extends string>(raw: Raw, key: string, known: readonly Value[]): Value | undefined =>
  known.find((value) => value === raw[key]);

/** Without what is not there: an address stays short. */
export const present = <T extends object>(search: T): Partial<T> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Partial<T>;
