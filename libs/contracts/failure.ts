import { z } from 'zod';
import { bilingualSchema, type Bilingual } from './bilingual.js';

/**
 * What a failure means, and so what becomes of the message:
 * `outage` and `configuration` pause the system and flag nobody; `temporary` climbs the retry ladder;
 * the others end in the dead-letter queue.
 */
export const failureKinds = [
  'outage',
  'temporary',
  'configuration',
  'student',
  'course',
  'unexplained',
  'contract',
  'crash',
] as const;
export const failureKindSchema = z.enum(failureKinds);
export type FailureKind = z.infer<typeof failureKindSchema>;

/** What SynchronizationFailed may carry. */
export const deadKindSchema = failureKindSchema
  .exclude(['outage', 'configuration'])
  .describe('Kinds of failure that can end a message in a dead-letter queue.');
export type DeadKind = z.infer<typeof deadKindSchema>;

/** What 1C is told of a failure of this kind. */
export const told = ['synchronized', 'error', 'later', 'nothing'] as const;
export const toldSchema = z
  .enum(told)
  .describe(
    'synchronized: SetCronflag; error: SetErrorCronflag; later: SetCronflag with a short validity; nothing: no call.',
  );
export type Told = z.infer<typeof toldSchema>;

export function whatOneCHears(kind: FailureKind): Exclude<Told, 'synchronized'> {
  if (kind === 'outage' || kind === 'configuration') return 'nothing';
  return kind === 'student' ? 'error' : 'later';
}

const causeSchema = z.object({
  kind: failureKindSchema,
  /** Machine name of the cause, the same for every record that suffers from it: `username-taken`, `course-missing`. */
  cause: z.string(),
  /** What the cause is about, when failures are folded by it: a course id, a capability. Never a name or an address. */
  about: z.string().optional(),
  reason: bilingualSchema,
  /** What to do about it. */
  cure: bilingualSchema.optional(),
});

/** Causes of one failure that are told apart; who suffers from more than these is found by them. */
export const mostCauses = 8;

export const failureSchema = causeSchema.extend({
  /** Where several things failed at once: each with its own reason, the one that counts first. */
  causes: z.array(causeSchema).min(2).max(mostCauses).optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** An error that knows what it means for the message in hand. Its text is the English reason. */
export class SynchronizationError extends Error {
  override name = 'SynchronizationError';
  constructor(
    readonly failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure.reason.en, options);
  }
}

export const failed = (
  kind: FailureKind,
  cause: string,
  reason: Bilingual,
  more: { about?: string; cure?: Bilingual; error?: unknown } = {},
): SynchronizationError =>
  new SynchronizationError(
    { kind, cause, reason, ...(more.about && { about: more.about }), ...(more.cure && { cure: more.cure }) },
    more.error === undefined ? undefined : { cause: more.error },
  );
