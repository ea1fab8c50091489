import type { INestApplication } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import type { DataSource } from 'typeorm';
import {
  both,
  eventTypes,
  isOfType,
  makeEvent,
  nothingDone,
  parseEvent,
  type CloudEvent,
  type EventType,
} from '#contracts';
import { attemptHeader, attemptOf, deadQueue, topologyOf, workQueue } from '#messaging';
import { timesForOneC } from '#resilience';
import { eventually } from '#persistence/testing';
import { openSetup, type Setup } from '../setup.js';

/** Probes of one service in an hour: one every 10 seconds. */
export const probesOfAnHour = 360;
const services = ['success-reporter', 'error-flagger'] as const;

/**
 * 1C is locked while words for it are under way, some of them on their second or third attempt, and stays so for as
 * many probes as fall into that time; the clock of the guards runs faster. Nothing is dead, nobody is flagged, every
 * x-attempt is what it was; then all goes on by itself.
 */
export async function lockedFor(probes: number): Promise<void> {
  const before = { ...timesForOneC };
  Object.assign(timesForOneC, { probeEvery: 20, probeTimeout: 5_000, trialEvery: 120 });
  const setup = await openSetup({ students: 60, seed: 6, faulty: 0.1, window: 20 });
  const broker = await connect(process.env.ITK_TEST_AMQP_URL!);
  try {
    const channel = await broker.createChannel();
    setup.middleStopped = true;
    const apps = await setup.start();
    await eventually(() => expect(of(setup, eventTypes.StudentChanged)).toHaveLength(20), 30_000);
    const underWay = of(setup, eventTypes.StudentChanged).map(({ data }) => data);
    const faulty = [...setup.sandbox.expected('LMS')].filter(([, one]) => one.kind === 'fault').map(([code]) => code);
    await eventually(() =>
      expect(told(setup, 'nothing')).toHaveLength(of(setup, eventTypes.SynchronizationFailed).length),
    );
    const flaggedBefore = await flagged(setup);

    setup.sandbox.switches.locked = { form: 'json', bom: true, status: 403 };
    const attempts = new Map<string, number>();
    for (const [index, { person, revision }] of underWay.entries()) {
      const unlucky = index % 4 === 3;
      attempts.set(person.code, index % 3);
      const word = { system: setup.system, origin: 'onec' as const, code: person.code, revision, counts: nothingDone };
      const event = unlucky
        ? makeEvent(eventTypes.SynchronizationFailed, { ...word, ...student }, { service: 'script' })
        : makeEvent(eventTypes.StudentSynchronized, { ...word, validUntil: inAMonth() }, { service: 'script' });
      channel.sendToQueue(workQueue(services[unlucky ? 1 : 0], setup.system), Buffer.from(JSON.stringify(event)), {
        persistent: true,
        messageId: event.id,
        contentType: 'application/cloudevents+json',
        headers: { [attemptHeader]: index % 3 },
      });
    }
    for (const service of services)
      await eventually(async () => expect(await pauses(apps.reporter)).toContain(`${service} outage`), 20_000);
    const pausedAt = setup.sandbox.traffic.calls.length;
    const since = () => setup.sandbox.traffic.calls.slice(pausedAt);
    await eventually(() => expect(since().length).toBeGreaterThan(probes * services.length), 1_800_000);

    // Nothing but probes; no word in anybody's hands, on the ladder or dead.
    expect(since().filter(({ operation }) => operation !== 'wsdl')).toEqual([]);
    expect(of(setup, eventTypes.StudentReported).filter(({ data }) => attempts.has(data.code))).toEqual([]);
    expect(await flagged(setup)).toEqual(flaggedBefore);
    expect(await lying(channel, setup.system, (name) => /\.(dead|retry\..*)$/.test(name))).toBe(0);
    const waiting = await lookInto(
      broker,
      services.map((service) => workQueue(service, setup.system)),
      underWay.length,
    );
    expect(new Map([...waiting].sort())).toEqual(new Map([...attempts].sort()));

    setup.outcomeOf = (code) =>
      attempts.has(code) ? { kind: 'silent' } : { kind: 'synchronized', validUntil: inAMonth() };
    setup.middleStopped = false;
    setup.sandbox.switches.locked = null;
    const everyone = setup.sandbox.expected('LMS').size;
    await eventually(
      () => expect(new Set(of(setup, eventTypes.StudentReported).map(({ data }) => data.code)).size).toBe(everyone),
      40_000,
    );
    await eventually(async () => expect(await pauses(apps.reporter)).toEqual([]));
    const errors = underWay.filter((_, index) => index % 4 === 3).map(({ person }) => person.code);
    expect(told(setup, 'error').sort()).toEqual(errors.sort());
    expect(told(setup, 'nothing').sort()).toEqual(faulty.sort());
    expect(told(setup, 'later')).toEqual([]);
    expect(told(setup, 'synchronized')).toHaveLength(everyone - errors.length - faulty.length);
    expect(of(setup, eventTypes.StudentChanged)).toHaveLength(everyone - faulty.length);
    expect((await flagged(setup)).sort()).toEqual([...errors, ...faulty].sort());
    expect(await lying(channel, setup.system, (name) => name === deadQueue(name.replace(/\.dead$/, '')))).toBe(0);
  } finally {
    Object.assign(timesForOneC, before);
    await broker.close();
    await setup.close();
  }
}

const student = {
  stage: 'script',
  kind: 'student' as const,
  cause: 'scripted',
  reason: both('так', 'so'),
  flaggedBy1C: false,
};
const inAMonth = () => Math.floor(Date.now() / 1000) + 30 * 86_400;

const of = <T extends EventType>(setup: Setup, type: T) =>
  setup.journal.flatMap((event) => (isOfType(event as CloudEvent, type) ? [event as CloudEvent<T>] : []));
const told = (setup: Setup, what: string): string[] =>
  of(setup, eventTypes.StudentReported).flatMap(({ data }) => (data.told === what ? [data.code] : []));

async function flagged({ component }: Setup): Promise<string[]> {
  const rows: { student: string }[] = await component.dataSource.query(
    'select student from onec_component.synchronization where error order by student',
  );
  return rows.map((row) => row.student);
}

async function pauses(app: INestApplication): Promise<string[]> {
  const dataSource = app.get<DataSource>(getDataSourceToken(), { strict: false });
  const rows: { service: string; kind: string }[] = await dataSource.query(
    'select service, kind from operations.pause',
  );
  return rows.map(({ service, kind }) => `${service} ${kind}`);
}

async function lying(channel: Channel, system: string, which: (queue: string) => boolean): Promise<number> {
  let sum = 0;
  for (const { name } of topologyOf([system])) if (which(name)) sum += (await channel.checkQueue(name)).messageCount;
  return sum;
}

/** Attempts of what waits in the queues, by student; puts everything back. While a service is paused nobody else consumes. */
async function lookInto(broker: ChannelModel, queues: string[], count: number): Promise<Map<string, number>> {
  const channel = await broker.createChannel();
  const seen = new Map<string, number>();
  for (const queue of queues)
    await channel.consume(queue, (message) => {
      if (message) seen.set(parseEvent(message.content).subject, attemptOf(message));
    });
  await eventually(() => expect(seen.size).toBe(count));
  await channel.close();
  return seen;
}
