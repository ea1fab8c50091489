import type { Bilingual } from '#contracts';

/** What stands against it; `line` is the line's number in the tabular part. */
export interface Fault {
  line?: number;
  text: Bilingual;
}

/**
 * Why something at the desk is not done:
 * - `no-such`: what it is about is not there;
 * - `version`: somebody else has written it since it was read;
 * - `state`: it is posted, marked, in use; the text says what comes first;
 * - `faults`: what was entered cannot stand; each fault has its text;
 * - `not-permitted`: it takes a right that the person does not have;
 * - `ask`: it can be done, once the person has seen what `details` lists and sends its `accept`.
 */
export type RefusalKind = 'no-such' | 'version' | 'state' | 'faults' | 'not-permitted' | 'ask';

/** A person's request that is not carried out; the text is for them. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly kind: RefusalKind,
    readonly text: Bilingual,
    readonly details: { faults?: Fault[] } & Record<string, unknown> = {},
  ) {
    super(text.ru);
  }
}

/** The document cannot be posted, or written, as it is; the text says why, for the person who does it. */
export class PostingError extends Refusal {
  override name = 'PostingError';
}

/** @throws PostingError that says the first fault and holds all */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first) throw new PostingError('faults', first.text, { faults: [...faults] });
}
