import type { ValueTransformer } from 'typeorm';

/** The column's number does not fit a JavaScript number without loss. */
export class BigintRangeError extends RangeError {
  override name = 'BigintRangeError';
}

/**
 * PostgreSQL's bigint comes as a string. Ours (revisions, unix times, sequences) stay below 2^53, so they are numbers:
 * `@Column({ type: 'bigint', transformer: bigint })`. Throws {@link BigintRangeError} rather than lose digits.
 * Raw queries bypass it: `Number(row.revision)`.
 */
export const bigint: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null): number | null => {
    if (value === null || value === undefined) return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new BigintRangeError(`${value} is beyond 2^53: keep it as text`);
    return number;
  },
};
