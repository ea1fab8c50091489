import { z } from 'zod';
import { SynchronizationError } from '#contracts';
import { MoodleCallTruncated, MoodleMisconfigured, MoodleOutage, MoodleRefusal, MoodleTemporary } from '../errors.js';
import { functionMissing, noMoodleAnswer, truncated } from '../failures/of-the-site.js';
import type { SiteInfo } from '../types.js';
import { readAnswer, type Answer } from './answers/answer.js';
import { LeafBudget } from './budget.js';
import { classify, isUnknownRecord } from './answers/classify.js';
import { leavesOf, type FormRecord, type Leaf } from './form.js';
import { callSeconds, calls, foreignText } from './metrics.js';
import { headerLeaves, post } from './post.js';
import { Slots } from './slots.js';

export interface MoodleClientOptions {
  /** System id: label of metrics and field of log lines. */
  system: string;
  /** wwwroot, without a slash at the end. */
  url: string;
  /** Read anew for every call, so that a changed token needs no restart. */
  token: () => string;
  maxInputVars: number;
  /** Calls in flight at a time. */
  concurrency: number;
  /** Milliseconds a call may take; 120 s unless given. */
  timeoutMs?: number;
  /** Milliseconds before a deadlocked call is repeated; about half a second unless given. */
  deadlockPauseMs?: number;
  log?: { warn(text: string, fields?: Record<string, unknown>): void };
}

const probeTimeoutMs = 15_000;
const siteInfoName = 'core_webservice_get_site_info';

const siteInfoSchema = z
  .looseObject({
    sitename: z.string().default(''),
    siteurl: z.string(),
    userid: z.int(),
    username: z.string(),
    userissiteadmin: z.boolean().default(false),
    release: z.string().default(''),
    version: z.string().default(''),
    functions: z.array(z.looseObject({ name: z.string() })),
  })
  .transform(({ sitename, siteurl, userid, username, userissiteadmin, release, version, functions }): SiteInfo => ({
    ...{ sitename, siteurl, userid, username, userissiteadmin, release, version },
    functions: functions.map(({ name }) => name),
  }));

/** Puts single calls to one Moodle: slots, one repetition after a deadlock, metrics, errors by name. */
export class Caller {
  readonly budget: LeafBudget;
  /** Where in its answers this Moodle has put text that is not theirs. */
  readonly foreign = new Set<'before' | 'after'>();
  readonly #slots: Slots;
  /** Calls that Moodle answered as Moodle, the probe apart; a refusal is an answer. */
  answered = 0;
  /** Functions that the token's service certainly has. */
  readonly #offered = new Set<string>();

  constructor(readonly options: MoodleClientOptions) {
    this.#slots = new Slots(options.concurrency);
    this.budget = new LeafBudget(options, headerLeaves);
  }

  /** Takes no slot: it has to be heard while the other calls hang. */
  siteInfo(): Promise<SiteInfo> {
    const timeoutMs = Math.min(probeTimeoutMs, this.#timeoutMs);
    return this.#once(siteInfoName, [], siteInfoSchema, timeoutMs);
  }

  /** `keys`: what no other call in flight may touch: `user:5`. */
  async call<T>(name: string, parameters: FormRecord, answer: z.ZodType<T>, keys: readonly string[] = []): Promise<T> {
    const leaves = leavesOf(parameters);
    try {
      return await this.#slots.run(keys, () => this.#patiently(name, leaves, answer));
    } catch (error) {
      throw await this.#lookCloser(error, name, leaves.length);
    }
  }

  get #timeoutMs(): number {
    return this.options.timeoutMs ?? 120_000;
  }

  async #patiently<T>(name: string, leaves: Leaf[], answer: z.ZodType<T>): Promise<T> {
    try {
      return await this.#once(name, leaves, answer, this.#timeoutMs);
    } catch (error) {
      if (!(error instanceof MoodleTemporary)) throw error;
      const pause = this.options.deadlockPauseMs ?? 300 + Math.random() * 400;
      await new Promise((resolve) => setTimeout(resolve, pause));
      return this.#once(name, leaves, answer, this.#timeoutMs);
    }
  }

  async #once<T>(name: string, leaves: Leaf[], answer: z.ZodType<T>, timeoutMs: number): Promise<T> {
    const { system, url, token } = this.options;
    const stop = callSeconds.startTimer({ system, function: name });
    let outcome = 'crash';
    try {
      const read = readAnswer(await post(url, token(), name, leaves, timeoutMs));
      this.#takeIn(name, read);
      if ('exception' in read) throw classify(read.exception, name);
      const shaped = answer.safeParse(read.value);
      if (!shaped.success) throw new MoodleOutage(noMoodleAnswer('shape', 200), false);
      outcome = 'ok';
      return shaped.data;
    } catch (error) {
      if (error instanceof MoodleRefusal) outcome = 'refused';
      else if (error instanceof SynchronizationError) outcome = error.failure.kind;
      throw error;
    } finally {
      stop();
      calls.inc({ system, function: name, outcome });
      if (name !== siteInfoName && (outcome === 'ok' || outcome === 'refused')) this.answered++;
    }
  }

  #takeIn(name: string, read: Answer): void {
    for (const place of read.foreign) {
      foreignText.inc({ system: this.options.system, place });
      this.foreign.add(place);
    }
    if ('value' in read) this.#offered.add(name);
  }

  /** Some codes have several causes; the probe tells them apart. */
  async #lookCloser(error: unknown, name: string, leaves: number): Promise<unknown> {
    if (error instanceof MoodleRefusal) return this.#isMissing(error, name);
    if (!(error instanceof MoodleMisconfigured)) return error;
    const { cause } = error.failure;
    if (cause === 'call-too-large' && leaves > 1) return new MoodleCallTruncated(error.failure);
    if (cause !== 'token-invalid' && cause !== 'access-refused') return error;
    let site: SiteInfo;
    try {
      site = await this.siteInfo();
    } catch (probed) {
      return probed;
    }
    // The token is good, so it was not there: it stands last, and PHP cuts off the end.
    if (cause === 'token-invalid') return leaves > 1 ? new MoodleCallTruncated(truncated()) : error;
    return site.functions.includes(name) ? error : new MoodleMisconfigured(functionMissing(name));
  }

  /** Since 5.1 Moodle does not say which record it lacks: it may be that of the function itself. */
  async #isMissing(error: MoodleRefusal, name: string): Promise<unknown> {
    if (!isUnknownRecord(error.errorcode) || this.#offered.has(name)) return error;
    const { functions } = await this.siteInfo();
    if (!functions.includes(name)) return new MoodleMisconfigured(functionMissing(name));
    this.#offered.add(name);
    return error;
  }
}
