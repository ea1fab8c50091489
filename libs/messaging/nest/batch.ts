/** Size of a handler's batches: at most `size` messages, or what has come within `waitMs` milliseconds. */
export interface BatchSize {
  size: number;
  waitMs: number;
}

/** Extras of `@EventPattern` that make a handler take batches. */
export const batch = (size: BatchSize): { batch: BatchSize } => ({ batch: { ...size } });
