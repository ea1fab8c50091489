import { setMaxListeners } from 'node:events';
import type { ConsumeMessage } from 'amqplib';
import type { DataSource } from 'typeorm';
import { consumerNames } from '#contracts';
import { Broker, deadQueue, journalCountHeader, journalQueue, topologyOf, workQueue, type Publisher } from '#messaging';
import { acquireLease, addressOf, Leadership } from '#persistence';
import { log, rest, Troubles, type Configuration } from '#platform';
import type { Rounds } from './doctor/rounds.js';
import { bySystem } from './failures/by-system.js';
import { Drain } from './failures/drain/drain.js';
import { readLetter, type Place } from './failures/letter/letter.js';
import { foldStanding } from './failures/without-letter/standing.js';
import { tellOn } from './failures/drain/tell-on.js';
import { BatchReader, type Taken } from './intake/batch-reader.js';
import { readCopies, type Copy } from './journal/copies.js';
import { readNumbers } from './journal/gaps.js';
import { Journal } from './journal/journal.js';
import { forgetOld } from './journal/retention.js';
import type { Gauges } from './gauges/look.js';
import { drainedLetters, journaledEvents, missingEvents } from './gauges/metrics.js';
import type { Notifier } from './notices/notifier.js';
import { dutyKey } from './overview/status.js';
import { QueueSampler } from './queues/history/sampler.js';
import { ReplayRunner } from './replay/runner.js';

export interface DutyOptions {
  systems: readonly string[];
  broker: Configuration['broker'];
  journalDays: number;
}

/** Milliseconds. */
const countEvery = 15_000;
const forgetEvery = 3_600_000;
const tellEvery = 5_000;
const sampleEvery = 60_000;
/** Not at once: services that start together with the console would be found missing. */
const examineEvery = 300_000;
const noticeEvery = 15_000;

/** What exactly one console does: drain, journal, replay, tell people, forget. Its replicas stand by. */
export class Duty {
  private readonly logger = log('Duty');
  private readonly leadership: Leadership;

  constructor(
    private readonly dataSource: DataSource,
    private readonly publisher: Publisher,
    private readonly rounds: Pick<Rounds, 'make'>,
    private readonly notifier: Pick<Notifier, 'look' | 'beat' | 'beatEvery' | 'forgetOld'>,
    private readonly gauges: Pick<Gauges, 'look' | 'queues' | 'forget'>,
    private readonly options: DutyOptions,
  ) {
    this.leadership = new Leadership({
      takeLease: (stop) => acquireLease(addressOf(dataSource), dutyKey, stop),
      work: (held) => this.work(held),
      troubles: new Troubles(this.logger, 'the console could not take up its duty'),
    });
  }

  get state(): 'standby' | 'onDuty' {
    return this.leadership.leads ? 'onDuty' : 'standby';
  }

  start(): void {
    this.leadership.start();
  }

  /** Finishes the batches in hand. */
  stop(): Promise<void> {
    return this.leadership.stop();
  }

  private async work(stop: AbortSignal): Promise<void> {
    // Every chore rests until it.
    setMaxListeners(0, stop);
    const broker = new Broker(this.options.broker.url, 'console draining');
    const sampler = new QueueSampler(this.dataSource, broker, this.options.broker, this.options.systems);
    try {
      await Promise.all([
        deadLetterReader(this.dataSource, broker, this.options.systems, () => this.tell()).run(stop),
        journalReader(this.dataSource, broker, this.options.systems).run(stop),
        new ReplayRunner(this.dataSource, this.publisher).run(stop),
        this.every(tellEvery, stop, () => this.tell()),
        this.every(countEvery, stop, () => this.count()),
        this.every(sampleEvery, stop, async () => this.gauges.queues(await sampler.sample(stop), stop)),
        this.every(sampleEvery, stop, () => this.gauges.look(stop)),
        this.every(forgetEvery, stop, () => this.forget(stop)),
        this.every(noticeEvery, stop, () => this.notifier.look(stop)),
        ...(this.notifier.beatEvery === undefined
          ? []
          : [this.every(this.notifier.beatEvery, stop, () => this.notifier.beat())]),
        rest(examineEvery, stop).then(() => this.every(examineEvery, stop, () => this.rounds.make(stop))),
      ]);
    } finally {
      this.gauges.forget();
      await broker.close();
    }
  }

  /** What is owed is told after the commit and again every few seconds: the process may have ended in between. */
  private async tell(): Promise<void> {
    while ((await tellOn(this.dataSource, this.publisher)) > 0);
  }

  private async count(): Promise<void> {
    await foldStanding(this.dataSource, this.options.systems);
  }

  private async forget(stop: AbortSignal): Promise<void> {
    await this.notifier.forgetOld();
    const { events, failures } = await forgetOld(this.dataSource, this.options.journalDays, stop);
    if (events + failures > 0) this.logger.info('what is too old is forgotten', { events, failures });
  }

  private async every(milliseconds: number, stop: AbortSignal, work: () => Promise<unknown>): Promise<void> {
    const troubles = new Troubles(this.logger, 'a chore of the console fails', { every: milliseconds });
    while (!stop.aborted) {
      await work().then(
        () => troubles.succeeded(),
        (error: unknown) => {
          if (!stop.aborted) troubles.failed(error);
        },
      );
      await rest(milliseconds, stop);
    }
  }
}

/** Every dead-letter queue of these systems, with where its letters come from. */
export function deadQueuesOf(systems: readonly string[]): Map<string, Place> {
  return new Map(
    systems.flatMap((system) =>
      consumerNames.map((service): [string, Place] => {
        const queue = workQueue(service, system);
        return [deadQueue(queue), { system, service, queue }];
      }),
    ),
  );
}

/** `stored`: called after each batch that is safe. */
export function deadLetterReader(
  dataSource: DataSource,
  broker: Broker,
  systems: readonly string[],
  stored: () => Promise<void> = () => Promise.resolve(),
): BatchReader {
  const places = deadQueuesOf(systems);
  const drain = new Drain(dataSource);
  return new BatchReader({
    name: 'dead letters',
    broker,
    topology: topologyOf(systems),
    queues: [...places.keys()],
    prefetch: 500,
    size: 500,
    waitMs: 20,
    work: async (batch) => {
      const now = Date.now();
      await drain.store(batch.map(({ message, queue }) => readLetter(message, places.get(queue)!, now)));
      for (const { queue } of batch) drainedLetters.inc({ queue });
      // A telling that fails is owed on; it must not bring the letters again.
      await stored().catch((error: unknown) => log('Drain').warn('what failed could not be told on yet', { error }));
    },
  });
}

export function journalReader(dataSource: DataSource, broker: Broker, systems: readonly string[]): BatchReader {
  const systemOf = new Map(systems.map((system) => [journalQueue(system), system]));
  const journal = new Journal(dataSource);
  return new BatchReader({
    name: 'journal',
    broker,
    topology: topologyOf(systems),
    queues: [...systemOf.keys()],
    // A message may hold a quarter of a megabyte: so many of them bound the memory, and `size` the transaction.
    prefetch: 200,
    size: 2_000,
    // Long enough that the events of one student often come together: what is known of them is then written once.
    waitMs: 500,
    weigh: (message) => {
      const numbers = readNumbers(numbersOf(message));
      return numbers ? numbers.last - numbers.first + 1 : 1;
    },
    work: async (batch) => {
      const copies = batch.flatMap((taken) => copiesOf(taken, systemOf.get(taken.queue)!));
      const { missing, refused } = await journal.store(copies);
      for (const [system, ofSystem] of bySystem(copies)) journaledEvents.inc({ system }, ofSystem.length);
      for (const { eventId, error } of refused)
        log('Journal').error('an event could not be stored in the journal', { eventId, error });
      if (missing === 0) return;
      missingEvents.inc(missing);
      log('Journal').warn('events are missing in the journal: its queue was full, or copies were lost on the way', {
        missing,
      });
    },
  });
}

const numbersOf = (message: ConsumeMessage): unknown => message.properties.headers?.[journalCountHeader];

function copiesOf({ message }: Taken, system: string): Copy[] {
  const { copies, broken } = readCopies({ content: message.content, numbers: numbersOf(message) }, system, Date.now());
  if (broken > 0) log('Journal').warn('what came for the journal is no event', { system, pieces: broken });
  return copies;
}
