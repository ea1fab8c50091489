/** Habits and faults of the OData publication. All may be changed while it runs. */
export interface ODataSwitches {
  /** Milliseconds before each answer. */
  latency: number;
  /** Who may read; null: anybody. */
  account: { user: string; password: string } | null;
  /** The infobase starts no sessions: 403 with JSON behind a mark of byte order. */
  locked: boolean;
  /** So many next questions find the pool of sessions full: 406. */
  busy: number;
  /** So many next questions get this status and a page of the web server. */
  failing: { status: number; times: number };
  /** So many next answers end in their middle. */
  cut: number;
  /** 200 with a log-in form in place of data. */
  html: boolean;
  /** An update of the configuration has emptied the composition. */
  compositionLost: boolean;
  /** Sets that were left out of the composition. */
  absent: string[];
  /** Sets that the user may not read: 401 with code 20. */
  forbidden: string[];
  /** Sets that raise an exception: 500 with code -1. */
  raising: string[];
  /** Objects of these codes, numbers or names are marked for deletion; or gone, with references to them left behind. */
  marked: string[];
  gone: string[];
  /** Does `gt` keep to the order of `$orderby`? */
  keysOrdered: boolean;
  /** IIS: a longer query is answered with 404 and a page. */
  longestQuery: number;
}

export const defaultODataSwitches = (): ODataSwitches => ({
  latency: 0,
  account: null,
  locked: false,
  busy: 0,
  failing: { status: 503, times: 0 },
  cut: 0,
  html: false,
  compositionLost: false,
  absent: [],
  forbidden: [],
  raising: [],
  marked: [],
  gone: [],
  keysOrdered: true,
  longestQuery: 2048,
});
