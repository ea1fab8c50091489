import { both, codeSchema, unixSeconds } from '#contracts';
import { SynchronizerError } from '../errors.js';

/** One student and until when 1C hides them, in unix seconds. */
export interface Flag {
  code: string;
  period: number;
}

/** Something that may not go into the list. */
export class PairError extends SynchronizerError {
  override name = 'PairError';
  constructor(ru: string, en: string) {
    super('contract', 'onec-pair', both(ru, en));
  }
}

/** `Code1#Period1, Code2#Period2`. Throws {@link PairError}: a comma or # in a code would break the whole list. */
export function writePairs(flags: readonly Flag[]): string {
  return flags
    .map(({ code, period }) => {
      if (!codeSchema.safeParse(code).success)
        throw new PairError(
          `Код студента «${code}» нельзя передать в 1С`,
          `The student code "${code}" cannot be sent to 1C`,
        );
      if (!unixSeconds.safeParse(period).success)
        throw new PairError(
          `Период студента ${code} должен быть целым числом секунд: ${period}`,
          `The period of student ${code} must be whole unix seconds (milliseconds?): ${period}`,
        );
      return `${code}#${period}`;
    })
    .join(', ');
}

/** A part of the list that 1C did not take, and why. */
export interface Refused {
  pair: string;
  reason: string;
}

/** Reads the list as 1C does: parts by comma, the period after the last #, empty parts ignored. */
export function readPairs(text: string): { flags: Flag[]; refused: Refused[] } {
  const flags: Flag[] = [];
  const refused: Refused[] = [];
  for (const part of text.split(',')) {
    const pair = part.trim();
    if (pair === '') continue;
    const hash = pair.lastIndexOf('#');
    const code = pair.slice(0, Math.max(hash, 0)).trim();
    // 1C's own formatting puts no-break spaces between thousands.
    const digits = pair.slice(hash + 1).replace(/[\u00A0\u202F\s]/g, '');
    const period = /^\d+$/.test(digits) ? unixSeconds.safeParse(Number(digits)) : undefined;
    if (hash < 0) refused.push({ pair, reason: 'no # between code and period' });
    else if (code === '' || !codeSchema.safeParse(code).success) refused.push({ pair, reason: 'not a student code' });
    else if (!period?.success) refused.push({ pair, reason: 'the period is not whole unix seconds' });
    else flags.push({ code, period: period.data });
  }
  return { flags, refused };
}
