import type { Bilingual } from '#contracts';

/** 1 added, 2 changed, 3 deleted. Absent where the file does not say. */
export type Recstatus = 1 | 2 | 3;

/** Learner, Instructor, ContentDeveloper, Member, Manager, Mentor, Administrator, TeachingAssistant. */
export const roletypes = ['01', '02', '03', '04', '05', '06', '07', '08'] as const;
export type Roletype = (typeof roletypes)[number];

/** What a record is known by, in the system that wrote the file. */
export interface Sourcedid {
  source: string;
  id: string;
}

export interface Moment {
  /** ISO 8601, as it was written: a date, or a date with a time. */
  date: string;
  /** The moment binds: nobody comes in before the begin, nobody stays after the end. */
  restrict: boolean;
}
export interface Timeframe {
  begin?: Moment;
  end?: Moment;
}

interface FromFile {
  /** Where the record begins, from 1. */
  line: number;
}

export interface Properties extends FromFile {
  kind: 'properties';
  datasource?: string;
  targets: string[];
  type?: string;
  datetime?: string;
}

export interface Group extends FromFile {
  kind: 'group';
  sourcedid: Sourcedid;
  recstatus?: Recstatus;
  types: { scheme?: string; value: string; level?: string }[];
  short?: string;
  long?: string;
  full?: string;
  org?: { name?: string; units: string[] };
  timeframe?: Timeframe;
  relationships: { relation?: string; sourcedid: Sourcedid; label?: string }[];
}

export interface Person extends FromFile {
  kind: 'person';
  sourcedid: Sourcedid;
  /** Codes the person had before, or has twice (`sourcedidtype` Old and Duplicate). */
  otherIds: Sourcedid[];
  recstatus?: Recstatus;
  userids: { userid: string; type?: string; authentication?: string }[];
  name: { full?: string; family?: string; given?: string; other?: string };
  email?: string;
  phones: { number: string; type?: string }[];
  address?: { streets: string[]; locality?: string; region?: string; postcode?: string; country?: string };
  photo?: { reference: string; type?: string };
  systemrole?: string;
  institutionroles: { role: string; primary: boolean }[];
  /** Direct children of `extension`, by their names. */
  extension: Record<string, string>;
}

/** One role of one member: a member with two roles is two records. */
export interface Membership extends FromFile {
  kind: 'membership';
  group: Sourcedid;
  member: Sourcedid;
  memberKind: 'person' | 'group';
  role: Roletype;
  /** The role's own; else the member's, else the membership's. */
  recstatus?: Recstatus;
  /** False where the role is inactive or deleted. */
  active: boolean;
  subrole?: string;
  userid?: string;
  timeframe?: Timeframe;
  cohort?: string;
}

/** A record that cannot be taken as it stands; the others can. */
export interface Problem extends FromFile {
  kind: 'problem';
  element: string;
  /** Whose record it is, where that can be read. */
  id?: string;
  /** Machine name: `no-id`, `bad-date`. */
  cause: string;
  reason: Bilingual;
}

export type EnterpriseRecord = Properties | Group | Person | Membership | Problem;
