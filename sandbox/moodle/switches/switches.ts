import type { FaultRule } from './faults.js';

/** Milliseconds a real Moodle takes, and how many calls it works on at once; the others queue. */
export interface CostModel {
  readonly callMs: number;
  readonly createdUserMs: number;
  readonly enrolmentMs: number;
  readonly workers: number;
}

export const measuredCost: CostModel = { callMs: 30, createdUserMs: 4, enrolmentMs: 3, workers: 2 };

export type MoodleVersion = '4.1' | '4.5' | '5.1' | '5.2';

export type PasswordPolicy = 'none' | 'standard' | 'strict';

/** The state of the site and what goes wrong with it. All may be changed while it runs. */
export interface Switches {
  version: MoodleVersion;
  /** PHP's limit; variables beyond it are dropped without a word. */
  maxInputVars: number;
  /** A proxy answers 413 to larger bodies. null: it lets all through. */
  proxyMaxBytes: number | null;
  /** PHP's post_max_size: a larger body arrives empty. */
  postMaxBytes: number;
  /** Time on the way, added to each call; occupies no worker. */
  latencyMs: number;
  /** null: calls cost nothing. */
  cost: CostModel | null;
  /** Configured address. A call by another host is redirected (303), as Moodle does. null: whatever it is called by. */
  wwwroot: string | null;
  /** Connections are cut (`reset`) or never answered (`silent`). Refusing them is `goAway()`. */
  away: 'reset' | 'silent' | null;
  webServices: boolean;
  restProtocol: boolean;
  maintenance: 'pages' | 'cli' | null;
  upgradeRunning: boolean;
  serviceEnabled: boolean;
  serviceAccountSuspended: boolean;
  /** The token may be used from another address only. */
  tokenBoundElsewhere: boolean;
  tokens: string[];
  /** Tokens past their date: the first call is refused and deletes them. */
  expiredTokens: string[];
  capabilitiesMissing: string[];
  functionsMissing: string[];
  /** Roles that the service's role may assign. */
  assignableRoles: number[];
  authPlugins: string[];
  languages: string[];
  themes: string[];
  profileFields: string[];
  showUserIdentity: string[];
  passwordPolicy: PasswordPolicy;
  sameEmailAllowed: boolean;
  /** The site's database is of three bytes a letter (utf8mb3): it refuses emoji. */
  threeByteDatabase: boolean;
  extendedUsernames: boolean;
  /** The manual enrolment plugin is enabled for the site. */
  manualPlugin: boolean;
  /** Manual enrolment sends a welcome message where the course has a contact. */
  welcomeMessages: boolean;
  /** Two calls in flight that share a user (enrolments) or cross their rows: the later one fails. */
  deadlocks: boolean;
  /** Refusals say why. Off in production. */
  debug: boolean;
  faults: FaultRule[];
}

export const defaultSwitches = (): Switches => ({
  version: '4.5',
  maxInputVars: 1000,
  proxyMaxBytes: null,
  postMaxBytes: 8 * 1024 * 1024,
  latencyMs: 0,
  cost: null,
  wwwroot: null,
  away: null,
  webServices: true,
  restProtocol: true,
  maintenance: null,
  upgradeRunning: false,
  serviceEnabled: true,
  serviceAccountSuspended: false,
  tokenBoundElsewhere: false,
  tokens: ['sandbox'],
  expiredTokens: [],
  capabilitiesMissing: [],
  functionsMissing: [],
  assignableRoles: [5],
  authPlugins: [
    ...['manual', 'nologin', 'email', 'webservice', 'oauth2', 'ldap', 'db', 'cas', 'shibboleth', 'lti', 'mnet', 'none'],
  ],
  languages: ['en', 'ru'],
  themes: ['', 'boost', 'classic'],
  profileFields: [],
  showUserIdentity: ['email'],
  passwordPolicy: 'standard',
  sameEmailAllowed: false,
  threeByteDatabase: false,
  extendedUsernames: false,
  manualPlugin: true,
  welcomeMessages: true,
  deadlocks: true,
  debug: false,
  faults: [],
});
