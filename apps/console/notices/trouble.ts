import type { FailureKind } from '#contracts';

export const troubleKinds = [
  'failures',
  'configuration',
  'silence',
  'flags-held',
  'removals-held',
  'page-lost',
  'mirror-old',
  'found',
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** What stands now and waits for a person. Counts, causes and places: nothing that a student is known by. */
export interface StandingTrouble {
  /** The same as long as it is the same trouble. */
  key: string;
  kind: TroubleKind;
  /** Empty: it concerns no one system. */
  system: string;
  /** How large it is: ten times as large is told again. */
  number: number;
  /** RFC 3339. */
  since: string;
  /** The page that shows it: `/failures/group/0123456789`. */
  page: string;
  /** Of failures. */
  failureKind?: FailureKind;
  /** Of failures, the cause; of what a service has found, the check. Machine names. */
  cause?: string;
  /** Of failures of a course: its number in Moodle. */
  course?: string;
  students?: number;
  services?: string[];
  /** Of silence: business hours. */
  hours?: number;
}
