import type { OperationName } from '#synchronizer';
import { defaultODataSwitches, type ODataSwitches } from '../odata/switches.js';

/** Habits and faults of a publication. All may be changed while it runs. */
export interface Switches {
  /** Milliseconds before an answer; the first call after `coldAfter` of rest takes `cold`. */
  latency: { warm: number; cold: number; coldAfter: number };
  /** `use`: the client controls sessions. `autouse`: a pool; who waits longer than `poolTimeout` gets 406. Milliseconds. */
  sessions: { mode: 'dontuse' | 'use' | 'autouse'; poolSize: number; poolTimeout: number; maxAge: number };
  /** Sessions for which there are licences. null: no lack. */
  licences: number | null;
  /** The infobase is locked for maintenance. */
  locked: { form: 'json' | 'xml' | 'html'; bom: boolean; status: 403 | 503 } | null;
  /** The web server answers with this status and its page. */
  status: number | null;
  /** Operations that `status`, `fault`, `html`, `cut`, `silent` and `reset` are for. null: all and the WSDL. */
  failing: OperationName[] | null;
  /** For how many calls they last. null: until they are switched off. */
  failingCalls: number | null;
  /** The module raises an exception with this text. */
  fault: string | null;
  /** SetCronflag raises one whenever this code is in its list. */
  faultAtCode: string | null;
  /** 200 with a page: a login form in place of data. */
  html: boolean;
  /** The body ends early: as a whole answer of fewer bytes, or by a lost connection. */
  cut: 'body' | 'connection' | null;
  /** The call is never answered; the connection is cut at once. */
  silent: boolean;
  reset: boolean;
  /** Mark of byte order before the envelope; before the JSON inside. */
  bom: boolean;
  bomInResult: boolean;
  crlf: boolean;
  declaration: boolean;
  prefix: string;
  /** Numbers of the result pass through String(): "1 234" with a no-break space. */
  nbsp: boolean;
  /** GetStudents returns this in place of its page. `nil` and `absent` are about the element `return`. */
  result: 'null' | '' | '[]' | 'nil' | 'absent' | 'broken-json' | null;
  /** SetCronflag and SetErrorCronflag return this. */
  flagResult: 'true' | 'false' | '' | 'absent' | null;
  shuffled: boolean;
  /** Every student stands twice in the page. */
  repeated: boolean;
  /** A student stands twice, with two surnames: the first of the page, or the one of this code. */
  contradicting: boolean | string;
  /** The module joins its JSON by hand: this stands unescaped in the surname of the second student of each page. */
  unescaped: string | null;
  /** Each page also holds an element that keeps no form. */
  brokenElement: boolean;
  /** Does an error element take a place of Limit? */
  limitCountsErrors: boolean;
  /** Codes that 1C does not know: named in the result, passed over, or an exception. */
  unknownCodes: 'name' | 'skip' | 'fault';
  /** How periods become dates: rightly, in the infobase's time; or as UTC's wall clock, a known fault. */
  conversion: 'sessionLocal' | 'utcWall';
  missingOperations: OperationName[];
  /** Our names of fields -> the publication's. */
  rename: Record<string, string>;
  /** Those of OData. */
  odata: ODataSwitches;
}

export const defaultSwitches = (): Switches => ({
  latency: { warm: 0, cold: 0, coldAfter: 20_000 },
  sessions: { mode: 'use', poolSize: 10, poolTimeout: 5_000, maxAge: 20_000 },
  licences: null,
  locked: null,
  status: null,
  failing: null,
  failingCalls: null,
  fault: null,
  faultAtCode: null,
  html: false,
  cut: null,
  silent: false,
  reset: false,
  bom: false,
  bomInResult: false,
  crlf: true,
  declaration: false,
  prefix: 'm',
  nbsp: false,
  result: null,
  flagResult: null,
  shuffled: false,
  repeated: false,
  contradicting: false,
  unescaped: null,
  brokenElement: false,
  limitCountsErrors: true,
  unknownCodes: 'name',
  conversion: 'sessionLocal',
  missingOperations: [],
  rename: {},
  odata: defaultODataSwitches(),
});
