import {
  eventTypes,
  isOfType,
  makeEvent,
  personKey,
  type AccountsPer,
  type BindingChanged,
  type CloudEvent,
  type Person,
} from '#contracts';
import { answers, done, superseded, type Answers, type Delivery, type Outcome } from '#messaging';
import type { AccountDue } from './account/account-in-work.js';
import type { AccountPass } from './account/account-pass.js';
import { curriculaOf, newestBindings } from './intake/bindings.js';
import { siblingsMoved, takeIn, type Intake, type Message, type Taken } from './intake/intake.js';
import type { Study } from './intake/study.js';
import type { FilePerson } from './ledger/file-ledger.js';
import type { Ledger, Reached } from './ledger/ledger.js';
import { endOfPeriod, periodBefore } from './rules/period.js';
import { endOf, isToBeRecorded, weighed, type StudyEnd } from './rules/verdict.js';

export const service = 'course-enroller';

export interface EnrollerOptions {
  system: string;
  /** ISO 8601 duration for which a completed student holds. */
  period: string;
  per: AccountsPer;
  ledger: Ledger;
  accountPass: AccountPass;
  /** Where Moodle takes a file: who the accounts of the batch are, kept before they are enrolled. */
  keepPersons?(persons: readonly FilePerson[]): Promise<void>;
  /** Milliseconds. */
  now(): number;
}

type Studies = ReadonlyMap<string, Study>;

/** Works on batches of one system's queue, one after another. */
export class Enroller {
  constructor(private readonly options: EnrollerOptions) {}

  async handle(deliveries: readonly Delivery[]): Promise<Answers> {
    const { reached, outcomes } = await this.takeBindings(deliveries);
    const { taken, studies } = await this.takeStudies(deliveries);
    await this.options.keepPersons?.(personsTold(deliveries));
    const ends = await this.workOn(answeringOf(taken.intakes, deliveries), studies);
    await this.options.ledger.record([...ends.values()].filter(isToBeRecorded).map(({ study }) => study));
    const follow = new Map([
      ...this.toldOf(deliveries, taken.intakes, studies, ends),
      ...this.nowDue(
        deliveries.find((delivery) => outcomes.get(delivery)?.kind === 'done'),
        reached.filter(({ code }) => !taken.work.has(code)),
      ),
    ]);
    return answers(deliveries, (delivery, index) => {
      const outcome = outcomes.get(delivery) ?? answerOf(taken.intakes[index]!, ends);
      return outcome.kind === 'done' ? done(follow.get(delivery)) : outcome;
    });
  }

  /** Keeps what is newer, finds whom it reaches, and answers the binding changes of the batch. */
  private async takeBindings(deliveries: readonly Delivery[]): Promise<{ reached: Reached[]; outcomes: Answers }> {
    const { ledger, now, period } = this.options;
    const changes = new Map<Delivery, BindingChanged>();
    for (const delivery of deliveries)
      if (isOfType(delivery.event, eventTypes.BindingChanged)) changes.set(delivery, delivery.event.data);
    const known = await ledger.bindings([...changes.values()]);
    const { newest, isSuperseded } = newestBindings([...changes.values()], known);
    await ledger.keepBindings(newest);
    const reached = await ledger.reachedBy(newest, periodBefore(now(), period));
    const outcomes = answers([...changes.keys()], (delivery) =>
      isSuperseded(changes.get(delivery)!) ? superseded() : done(),
    );
    return { reached, outcomes };
  }

  /** Notes what has been seen; answers also with the other studies of the same humans. */
  private async takeStudies(deliveries: readonly Delivery[]): Promise<{ taken: Taken; studies: Studies }> {
    const { ledger, per } = this.options;
    const personKeyOf = (person: Person) => personKey(per, person) ?? person.code;
    const messages = deliveries.map(messageOf);
    const given = messages.filter((message) => message !== undefined);
    const known = await ledger.studies(
      given.map((message) => ('due' in message ? message.due : message.provisioned.person.code)),
      given.flatMap((message) => ('due' in message ? [] : [personKeyOf(message.provisioned.person)])),
    );
    const taken = takeIn(messages, known, personKeyOf);
    const seen = new Map([...known, ...taken.changed]);
    const moved = siblingsMoved(taken.changed, seen);
    await ledger.note([...new Map([...taken.changed, ...moved]).values()]);
    return { taken, studies: new Map([...seen, ...moved]) };
  }

  /** @param answering by code, the message that answers for the study */
  private async workOn(answering: ReadonlyMap<string, Delivery>, studies: Studies): Promise<Map<string, StudyEnd>> {
    const { ledger, accountPass, now, period } = this.options;
    const codes = [...answering.keys()];
    const due = accountsOf(codes, studies);
    const bindings = await ledger.bindings(curriculaOf(due.flatMap((account) => account.studies)));
    const results = await accountPass.makeTrue(due, bindings);
    const validUntil = endOfPeriod(now(), period);
    const ends = codes.map((code) => {
      const study = studies.get(code)!;
      const result = study.moodleUserId === undefined ? undefined : results.get(study.moodleUserId);
      return endOf(study, result, answering.get(code)!.event.id, validUntil);
    });
    const wentThrough = [...results.values()].filter((result) => result.done.size > 0).length;
    const weighedEnds = weighed(ends, wentThrough);
    return new Map(codes.map((code, index) => [code, weighedEnds[index]!]));
  }

  /** What is told of the studies, once of each, by the message that comes first. */
  private toldOf(
    deliveries: readonly Delivery[],
    intakes: readonly Intake[],
    studies: Studies,
    ends: ReadonlyMap<string, StudyEnd>,
  ): Map<Delivery, CloudEvent[]> {
    const { system } = this.options;
    const events = new Map<Delivery, CloudEvent[]>();
    const told = new Set<string>();
    intakes.forEach((intake, index) => {
      if (intake.kind !== 'work' && intake.kind !== 'repeat') return;
      const { code } = intake;
      const tell = intake.kind === 'repeat' ? 'synchronized' : ends.get(code)!.tell;
      if (!tell || told.has(`${tell} ${code}`)) return;
      told.add(`${tell} ${code}`);
      const delivery = deliveries[index]!;
      const from = { service, traceparent: delivery.traceparent };
      const study = ends.get(code)?.study ?? studies.get(code)!;
      events.set(delivery, [
        tell === 'accountMissing' ? accountMissing(system, study, from) : synchronized(system, study, from),
      ]);
    });
    return events;
  }

  /** Whom the bindings of the batch reach follows one of their messages: all of it is published before any is done. */
  private nowDue(change: Delivery | undefined, reached: readonly Reached[]): [Delivery, CloudEvent[]][] {
    if (!change) return [];
    const { system } = this.options;
    const from = { service, traceparent: change.traceparent };
    const dueOf = ({ code, seen }: Reached) =>
      makeEvent(eventTypes.EnrolmentDue, { system, code, origin: 'onec', revision: seen }, from);
    return [[change, reached.map(dueOf)]];
  }
}

/** Of each account the newest word. */
function personsTold(deliveries: readonly Delivery[]): FilePerson[] {
  const newest = new Map<number, FilePerson>();
  for (const { event } of deliveries) {
    if (!isOfType(event, eventTypes.UserProvisioned)) continue;
    const { account, moodleUserId, revision } = event.data;
    if (!account || moodleUserId === undefined) continue;
    if (revision >= (newest.get(moodleUserId)?.revision ?? 0))
      newest.set(moodleUserId, { moodleUserId, revision, account });
  }
  return [...newest.values()];
}

function messageOf({ event }: Delivery): Message | undefined {
  if (isOfType(event, eventTypes.UserProvisioned)) return { provisioned: event.data };
  return isOfType(event, eventTypes.EnrolmentDue) ? { due: event.data.code } : undefined;
}

const answeringOf = (intakes: readonly Intake[], deliveries: readonly Delivery[]): Map<string, Delivery> =>
  new Map(
    intakes.flatMap((intake, index): [string, Delivery][] =>
      intake.kind === 'work' ? [[intake.code, deliveries[index]!]] : [],
    ),
  );

/** The accounts of these students, each with all studies of its human. */
function accountsOf(codes: readonly string[], studies: Studies): AccountDue[] {
  const byPerson = new Map<string, Study[]>();
  for (const study of studies.values())
    byPerson.set(study.personKey, [...(byPerson.get(study.personKey) ?? []), study]);
  const due = new Map<number, AccountDue>();
  for (const code of codes) {
    const study = studies.get(code)!;
    const { moodleUserId } = study;
    if (moodleUserId !== undefined) due.set(moodleUserId, { moodleUserId, studies: byPerson.get(study.personKey)! });
  }
  return [...due.values()];
}

function answerOf(intake: Intake, ends: ReadonlyMap<string, StudyEnd>): Outcome {
  if (intake.kind === 'superseded') return superseded();
  return intake.kind === 'work' ? ends.get(intake.code)!.outcome : done();
}

interface Origin {
  service: string;
  traceparent?: string;
}

/** By whom and what a message that is given up is told to 1C, whatever becomes of it. */
const accountMissing = (system: string, { code, origin, seen }: Study, from: Origin): CloudEvent =>
  makeEvent(eventTypes.AccountMissing, { system, code, origin, revision: seen }, from);

const synchronized = (system: string, study: Study, from: Origin): CloudEvent =>
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
