import {
  eventTypes,
  isOfType,
  makeEvent,
  type BindingChanged,
  type CloudEvent,
  type Counts,
  type Failure,
  type Person,
} from '#contracts';
import {
  answers,
  done,
  handBack,
  isThrough,
  outcomeOf,
  superseded,
  type Answers,
  type Delivery,
  type Outcome,
} from '#messaging';
import { words, wrongSettings } from '#moodle';
import type { AccountWork } from './account/account-pass.js';
import { newestBindings } from './intake/bindings.js';
import { takeIn, type Intake, type Message, type Taken } from './intake/intake.js';
import type { Ledger, Reached } from './ledger/ledger.js';
import { accountGoneAgain, enrolmentsRefusedAlike, noAccountGiven } from './rules/failures.js';
import { endOfPeriod, periodBefore } from './rules/period.js';
import type { Binding, Study } from './intake/study.js';
import { countsFor, failureFor, type AccountResult } from './rules/verdict.js';

export const service = 'course-enroller';

export interface EnrollerOptions {
  system: string;
  /** ISO 8601 duration for which a completed student holds. */
  period: string;
  /** The person key: the student's code, or 1C's individual. */
  per: 'student' | 'individual';
  ledger: Ledger;
  accountWork: AccountWork;
  /** Milliseconds. */
  now(): number;
}

/** What became of one study: the answer of its message, and what is to be told. */
interface Fate {
  outcome: Outcome;
  failure?: Failure;
  tell?: 'synchronized' | 'accountMissing';
}

/** Works on batches of one system's queue, one after another. */
export class Enroller {
  constructor(private readonly options: EnrollerOptions) {}

  async handle(deliveries: readonly Delivery[]): Promise<Answers> {
    const { reached, ofBindings } = await this.takeBindings(deliveries);
    const { taken, studies } = await this.takeStudies(deliveries);
    const answering = new Map(
      taken.intakes.flatMap((intake, index): [string, Delivery][] =>
        intake.is === 'work' ? [[intake.code, deliveries[index]!]] : [],
      ),
    );
    const fates = await this.workOn(answering, studies);
    await this.options.ledger.record(
      [...fates].flatMap(([code, { tell, outcome }]) => (tell || outcome.kind === 'dead' ? [studies.get(code)!] : [])),
    );
    const follow = new Map([
      ...this.toldOf(deliveries, taken, studies, fates),
      ...this.nowDue(
        deliveries.find((delivery) => ofBindings.get(delivery)?.kind === 'done'),
        reached.filter(({ code }) => !taken.work.has(code)),
      ),
    ]);
    return answers(deliveries, (delivery, index) => {
      const outcome = ofBindings.get(delivery) ?? this.answer(taken.intakes[index]!, fates);
      return outcome.kind === 'done' ? done(follow.get(delivery)) : outcome;
    });
  }

  /** Keeps what is newer, and finds whom it reaches. */
  private async takeBindings(deliveries: readonly Delivery[]) {
    const { ledger, now, period } = this.options;
    const changes = new Map<Delivery, BindingChanged>();
    for (const delivery of deliveries)
      if (isOfType(delivery.event, eventTypes.BindingChanged)) changes.set(delivery, delivery.event.data);
    const known = await ledger.bindings([...changes.values()]);
    const { newest, isSuperseded } = newestBindings([...changes.values()], known);
    await ledger.keepBindings(newest);
    const reached = await ledger.reachedBy(newest, periodBefore(now(), period));
    const ofBindings = answers([...changes.keys()], (delivery) =>
      isSuperseded(changes.get(delivery)!) ? superseded() : done(),
    );
    return { reached, ofBindings };
  }

  private async takeStudies(deliveries: readonly Delivery[]): Promise<{ taken: Taken; studies: Map<string, Study> }> {
    const { ledger } = this.options;
    const personKeyOf = (person: Person) =>
      this.options.per === 'individual' ? (person.individual ?? person.code) : person.code;
    const messages = deliveries.map(({ event }): Message | undefined => {
      if (isOfType(event, eventTypes.UserProvisioned)) return { provisioned: event.data };
      return isOfType(event, eventTypes.EnrolmentDue) ? { due: event.data.code } : undefined;
    });
    const given = messages.filter((message) => message !== undefined);
    const studies = await ledger.studies(
      given.map((message) => ('due' in message ? message.due : message.provisioned.person.code)),
      given.flatMap((message) => ('due' in message ? [] : [personKeyOf(message.provisioned.person)])),
    );
    const taken = takeIn(messages, studies, personKeyOf);
    for (const [code, study] of taken.changed) studies.set(code, study);
    const changed = new Map([...taken.changed, ...siblingsMoved(taken.changed, studies)]);
    for (const [code, study] of changed) studies.set(code, study);
    await ledger.note([...changed.values()]);
    return { taken, studies };
  }

  private async workOn(
    answering: ReadonlyMap<string, Delivery>,
    studies: Map<string, Study>,
  ): Promise<Map<string, Fate>> {
    const byPerson = new Map<string, Study[]>();
    for (const study of studies.values())
      byPerson.set(study.personKey, [...(byPerson.get(study.personKey) ?? []), study]);
    const codes = [...answering.keys()];
    const due = new Map<number, { moodleUserId: number; studies: Study[] }>();
    for (const code of codes) {
      const { moodleUserId, personKey } = studies.get(code)!;
      if (moodleUserId !== undefined) due.set(moodleUserId, { moodleUserId, studies: byPerson.get(personKey)! });
    }
    const bindings = await this.options.ledger.bindings(bindingsOf([...due.values()].flatMap((each) => each.studies)));
    const results = await this.options.accountWork.makeTrue([...due.values()], bindings);
    const fates = new Map<string, Fate>();
    const validUntil = endOfPeriod(this.options.now(), this.options.period);
    for (const code of codes) {
      const study = studies.get(code)!;
      const result = study.moodleUserId === undefined ? undefined : results.get(study.moodleUserId);
      const { after, fate } = this.judge(study, result, answering.get(code)!.event.id, validUntil);
      studies.set(code, after);
      fates.set(code, fate);
    }
    const refusals = [...fates].flatMap(([code, { failure }]) =>
      failure ? [{ failure, failedBefore: studies.get(code)!.failed !== undefined }] : [],
    );
    const wentThrough = [...results.values()].filter((result) => result.done.size > 0).length;
    const settings = wrongSettings(refusals, wentThrough, enrolmentsRefusedAlike);
    for (const [code, fate] of fates) {
      const setting = fate.failure && settings.get(words(fate.failure));
      if (setting) fate.outcome = handBack(setting);
      const { outcome } = fate;
      if (outcome.kind === 'dead') studies.set(code, { ...studies.get(code)!, failed: outcome.failure.cause });
    }
    return fates;
  }

  private judge(
    study: Study,
    result: AccountResult | undefined,
    event: string,
    validUntil: number,
  ): { after: Study; fate: Fate } {
    if (!result && study.active) return { after: study, fate: { outcome: outcomeOf(noAccountGiven) } };
    if (result?.missing) {
      if (study.missingAsked === study.seen && study.missingAskedBy !== event)
        return { after: study, fate: { outcome: known(study, accountGoneAgain) } };
      const after = { ...study, missingAsked: study.seen, missingAskedBy: event, missingUserId: study.moodleUserId };
      return { after, fate: { outcome: done(), tell: 'accountMissing' } };
    }
    const failure = result && failureFor(study, result);
    if (failure) return { after: study, fate: { outcome: known(study, failure, result), failure } };
    const counts = countsFor(study, result ?? nothing);
    return { after: completed(study, counts, validUntil), fate: { outcome: done(), tell: 'synchronized' } };
  }

  /** What is told of the studies, once of each, by the message that comes first. */
  private toldOf(
    deliveries: readonly Delivery[],
    taken: Taken,
    studies: ReadonlyMap<string, Study>,
    fates: ReadonlyMap<string, Fate>,
  ): Map<Delivery, CloudEvent[]> {
    const { system } = this.options;
    const events = new Map<Delivery, CloudEvent[]>();
    const told = new Set<string>();
    taken.intakes.forEach((intake, index) => {
      if (intake.is !== 'work' && intake.is !== 'repeat') return;
      const { code } = intake;
      const tell = intake.is === 'repeat' ? 'synchronized' : fates.get(code)!.tell;
      if (!tell || told.has(`${tell} ${code}`)) return;
      told.add(`${tell} ${code}`);
      const from = { service, traceparent: deliveries[index]!.traceparent };
      events.set(deliveries[index]!, [
        tell === 'accountMissing'
          ? makeEvent(eventTypes.AccountMissing, { system, code, ...whose(studies.get(code)!) }, from)
          : synchronized(system, studies.get(code)!, from),
      ]);
    });
    return events;
  }

  /** Whom the bindings of the batch reach follows one of their messages: all of it is published before any is done. */
  private nowDue(change: Delivery | undefined, reached: readonly Reached[]): [Delivery, CloudEvent[]][] {
    if (!change) return [];
    const { system } = this.options;
    const from = { service, traceparent: change.traceparent };
    return [
      [
        change,
        reached.map(({ code, seen }) =>
          makeEvent(eventTypes.EnrolmentDue, { system, code, origin: 'onec', revision: seen }, from),
        ),
      ],
    ];
  }

  private answer(intake: Intake, fates: ReadonlyMap<string, Fate>): Outcome {
    if (intake.is === 'superseded') return superseded();
    return intake.is === 'work' ? fates.get(intake.code)!.outcome : done();
  }
}

/** The first completion of a revision sets for how long it holds; whatever is done for it later does not move that. */
const completed = (study: Study, counts: Counts, validUntil: number): Study => ({
  ...study,
  applied: study.seen,
  appliedUserId: study.moodleUserId,
  counts,
  failed: undefined,
  validUntil: study.applied === study.seen ? (study.validUntil ?? validUntil) : validUntil,
});

const nothing: AccountResult = {
  desired: { courses: new Map(), unknown: [] },
  changes: [],
  done: new Set(),
  refused: new Map(),
  confirmed: new Set(),
  missing: false,
};

const synchronized = (system: string, study: Study, from: { service: string; traceparent?: string }): CloudEvent =>
  makeEvent(
    eventTypes.StudentSynchronized,
    {
      system,
      origin: study.origin,
      code: study.code,
      revision: study.seen,
      counts: study.counts!,
      validUntil: study.validUntil!,
    },
    from,
  );

/** By whom and what a message that is given up is told to 1C, whatever becomes of it. */
const whose = ({ origin, seen }: Study) => ({ origin, revision: seen });

/** EnrolmentDue stands for the study's revision: a newer one than it says may have failed. */
function known(study: Study, failure: Parameters<typeof outcomeOf>[0], result?: AccountResult): Outcome {
  const outcome = outcomeOf(failure);
  if (isThrough(outcome)) return outcome;
  const counts = result && countsFor(study, result);
  return { ...outcome, known: { revision: study.seen, origin: study.origin, ...(counts && { counts }) } };
}

/** An account that was found anew for one study is the account of its human's other studies too. */
function siblingsMoved(changed: ReadonlyMap<string, Study>, studies: ReadonlyMap<string, Study>): Map<string, Study> {
  const accounts = new Map<string, number>();
  for (const { personKey, moodleUserId } of changed.values())
    if (moodleUserId !== undefined) accounts.set(personKey, moodleUserId);
  const moved = new Map<string, Study>();
  for (const study of studies.values()) {
    const moodleUserId = accounts.get(study.personKey);
    if (moodleUserId !== undefined && moodleUserId !== study.moodleUserId)
      moved.set(study.code, { ...study, moodleUserId });
  }
  return moved;
}

function bindingsOf(studies: readonly Study[]): Pick<Binding, 'curriculum' | 'semester'>[] {
  const pairs = new Map<string, Pick<Binding, 'curriculum' | 'semester'>>();
  for (const { curriculum, semester } of studies)
    if (curriculum !== undefined && semester !== undefined)
      pairs.set(`${semester}/${curriculum}`, { curriculum, semester });
  return [...pairs.values()];
}
