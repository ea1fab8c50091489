import type { Bilingual } from '#contracts';

/** As ims-gateway answers its errands. */
export interface ListedFile {
  id: number;
  name: string;
  content: 'snapshot' | 'delta';
  state: 'claimed' | 'held' | 'applied' | 'rejected' | 'discarded';
  claimedAt: string;
  finishedAt: string | null;
  filedAs: string | null;
  counts: FileCounts | null;
  damage: Bilingual | null;
  decision: { decision: 'released' | 'discarded'; by: string; why: string } | null;
  outcomes: Partial<Record<ChangeState, number>>;
}

export interface FileCounts {
  groups: number;
  persons: number;
  memberships: number;
  problems: number;
  coursesNew: number;
  created: number;
  changed: number;
  removed: number;
  again: number;
  membershipsNew: number;
  membershipsRemoved: number;
}

export type ChangeState = 'waiting' | 'underWay' | 'done' | 'failed';

export interface FileProblem {
  line: number;
  element: string;
  code: string | null;
  cause: string;
  reason: Bilingual;
}

export interface FileChange {
  code: string;
  change: 'created' | 'changed' | 'removed' | 'again';
  state: ChangeState;
  cause: string | null;
  reason: Bilingual | null;
}

export interface ShownFile extends ListedFile {
  problems: FileProblem[];
  changes: FileChange[];
}

/** What a file would do. */
export type Tried =
  | { damage: Bilingual }
  | {
      content: 'snapshot' | 'delta';
      counts: FileCounts;
      /** It would wait for a person. */
      held: boolean;
      problems: FileProblem[];
      changes: { code: string; change: FileChange['change'] }[];
    };
