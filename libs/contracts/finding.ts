import { both, type Bilingual } from './bilingual.js';
import type { Failure } from './failure.js';

/** `error`: nothing works, or somebody will be harmed; `warning`: some things fail; `advice`: worth knowing. */
export type Severity = 'ok' | 'advice' | 'warning' | 'error';

export interface Finding {
  /** Machine name: `wwwroot`, `capability moodle/user:create`. */
  check: string;
  severity: Severity;
  what: Bilingual;
  /** What to do about it; absent where all is well. */
  mend?: Bilingual;
}

export const well = (check: string, ru: string, en: string): Finding => ({ check, severity: 'ok', what: both(ru, en) });

export const ill = (check: string, severity: Exclude<Severity, 'ok'>, what: Bilingual, mend: Bilingual): Finding => ({
  check,
  severity,
  what,
  mend,
});

/** A failure of the client, as a finding. */
export const fromFailure = (check: string, { reason, cure }: Failure): Finding => ({
  check,
  severity: 'error',
  what: reason,
  ...(cure && { mend: cure }),
});
