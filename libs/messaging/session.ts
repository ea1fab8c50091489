import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Logger } from '@nestjs/common';
import { both } from '#contracts';
import { declare, type Broker } from './broker.js';
import { toDelivery, type BatchContext, type Delivery } from './delivery.js';
import { dispatch } from './dispatch.js';
import { brokerAway, failureOf } from './failure-of.js';
import type { Admission, Guard } from './guard.js';
import { batchSeconds, batchSize, handledMessages } from './metrics.js';
import { dead, handBack, retry, timedOut, type Outcome } from './outcome.js';
import type { Received, Settler } from './settle.js';
import { inTrial, trialTells } from './trial.js';
import type { QueueDeclaration } from './topology.js';

/** One handler method with the size of its batches. */
export interface HandlerPlan {
  handle(deliveries: Delivery[], context: BatchContext): Promise<Outcome[]>;
  /** Messages in one batch at the most. */
  size: number;
  /** Milliseconds to wait for a batch to fill. */
  waitMs: number;
}

export interface SessionOptions {
  broker: Broker;
  queue: string;
  system: string;
  /** Declared before the queue is opened: it may have been deleted. */
  topology: QueueDeclaration[];
  /** The handler of an event type; undefined where there is none. */
  planOf(type: string): HandlerPlan | undefined;
  /** The largest batch and the longest wait of all handlers of the queue. */
  size: number;
  waitMs: number;
  settler: Settler;
  guard: Guard;
  admission: Admission;
  /** Ids of the events tried since the system was paused. */
  triedBefore: Set<string>;
  stop: AbortSignal;
}

/**
 * One subscription on one channel. It begins by taking messages one at a time: those that a dying process held come
 * first, and a message that kills its process must take no neighbour along. At the first fresh message it subscribes
 * anew for batches.
 */
export class Session {
  private readonly log = new Logger(Session.name);
  private channel!: ConfirmChannel;
  private channelOpen = false;
  private ending = false;
  private consumerTag?: string;
  private batching = false;
  private inHand: ConsumeMessage[] = [];
  private wake: () => void = () => {};

  constructor(private readonly options: SessionOptions) {}

  /** Works until stopped, paused, cancelled by the broker or disconnected; hands back what it did not begin. */
  async run(): Promise<void> {
    const { stop, guard } = this.options;
    const end = () => {
      this.ending = true;
      this.wake();
    };
    const paused = guard.paused();
    stop.addEventListener('abort', end);
    paused.addEventListener('abort', end);
    if (stop.aborted || paused.aborted) this.ending = true;
    try {
      this.channel = await this.options.broker.channel();
      this.channelOpen = true;
      this.channel.on('close', () => {
        this.channelOpen = false;
        end();
      });
      await declare(this.channel, this.options.topology);
      await this.subscribe(1);
      await this.work();
    } finally {
      stop.removeEventListener('abort', end);
      paused.removeEventListener('abort', end);
      await this.leave();
    }
  }

  private async subscribe(prefetch: number): Promise<void> {
    await this.channel.prefetch(prefetch);
    const { consumerTag } = await this.channel.consume(this.options.queue, (message) => {
      if (message) this.inHand.push(message);
      else this.ending = true; // cancelled by the broker: the queue was deleted or moved
      this.wake();
    });
    const before = this.consumerTag;
    this.consumerTag = consumerTag;
    if (before) await this.channel.cancel(before);
  }

  private async work(): Promise<void> {
    while (!this.ending) {
      if (this.inHand.length === 0) {
        await this.arrival();
        continue;
      }
      const orphan = this.inHand.findIndex((message) => message.fields.redelivered);
      if (orphan >= 0 && this.batching) return; // begins again one at a time, with no fresh neighbour in hand
      if (orphan >= 0 || this.options.admission === 'trial') {
        await this.handle([this.inHand.shift()!]);
        continue;
      }
      if (!this.batching) {
        this.batching = true;
        await this.subscribe(2 * this.options.size);
      }
      await this.fill();
      if (this.ending || this.inHand.some((message) => message.fields.redelivered)) continue;
      await this.handle(this.inHand.splice(0, this.options.size));
    }
  }

  private arrival(timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }

  /** Waits until the batch is full or its time is over. */
  private async fill(): Promise<void> {
    const until = performance.now() + this.options.waitMs;
    for (;;) {
      const left = until - performance.now();
      if (this.ending || this.inHand.length >= this.options.size || left <= 0) return;
      await this.arrival(left);
    }
  }

  /** Parses, has the handlers answer, publishes what follows, acks. */
  private async handle(messages: ConsumeMessage[]): Promise<void> {
    // Settled piece by piece: the broker takes back what is held for half an hour.
    for await (const answers of this.answers(messages.map((message) => this.read(message)))) {
      await this.settle(answers, answers.length === messages.length);
      if (this.options.admission === 'trial') await this.conclude(answers);
    }
  }

  private async conclude(answers: [Received, Outcome][]): Promise<void> {
    for (const [, outcome] of answers) {
      const tells = trialTells(outcome);
      if (tells === 'mended') await this.options.guard.mended();
      if (tells !== 'nothing') this.ending = true;
    }
  }

  /** @param whole the answers are for all that was taken: then one acknowledgement serves all of them */
  private async settle(answers: [Received, Outcome][], whole: boolean): Promise<void> {
    const { queue, settler } = this.options;
    // Without its channel a message is delivered again: a copy would double it.
    if (!this.channelOpen) return;
    const through = answers.filter(([, { did }]) => did === 'done' || did === 'superseded');
    if (whole && through.length === answers.length) {
      this.channel.ack(answers.at(-1)![0].message, true);
    } else {
      for (const [{ message }] of through) this.channel.ack(message);
    }
    for (const did of ['done', 'superseded'] as const) {
      const count = through.filter(([, outcome]) => outcome.did === did).length;
      if (count > 0) handledMessages.inc({ queue, outcome: did }, count);
    }
    const others = answers.filter(([, { did }]) => did !== 'done' && did !== 'superseded');
    const settled = await Promise.allSettled(
      others.map(async ([received, outcome]) => {
        const did = await settler.settle(received, outcome);
        if (this.channelOpen) this.channel.ack(received.message);
        handledMessages.inc({ queue, outcome: did });
      }),
    );
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
  }

  private read(message: ConsumeMessage): Received & { broken?: unknown } {
    try {
      return { message, delivery: toDelivery(message, this.options.queue, this.options.system) };
    } catch (error) {
      return { message, broken: error };
    }
  }

  private async *answers(received: (Received & { broken?: unknown })[]): AsyncGenerator<[Received, Outcome][]> {
    const answers: [Received, Outcome][] = [];
    const batches = new Map<HandlerPlan, Received[]>();
    const alone: [HandlerPlan, Received][] = [];
    for (const each of received) {
      const plan = each.delivery && this.options.planOf(each.delivery.event.type);
      if (!each.delivery) answers.push([each, dead(failureOf(each.broken))]);
      else if (!plan) answers.push([each, dead(noHandler(each.delivery.event.type))]);
      else if (each.delivery.attempt > 0) alone.push([plan, each]);
      else if (batches.has(plan)) batches.get(plan)!.push(each);
      else batches.set(plan, [each]);
    }
    if (answers.length > 0) yield answers;
    const work: [HandlerPlan, Received[]][] = [
      ...[...batches].flatMap(([plan, all]) =>
        slices(all, plan.size).map((part): [HandlerPlan, Received[]] => [plan, part]),
      ),
      ...alone.map(([plan, each]): [HandlerPlan, Received[]] => [plan, [each]]),
    ];
    for (const [plan, batch] of work) {
      // A pause or an end that came meanwhile: what was not begun goes back as it was.
      const outcomes =
        this.options.guard.paused().aborted || this.options.stop.aborted
          ? batch.map(() => handBack(failureOf(undefined)))
          : await this.judged(this.tried(batch, await this.callHandler(plan, batch)));
      yield batch.map((each, index): [Received, Outcome] => [each, outcomes[index]!]);
    }
  }

  private async callHandler(plan: HandlerPlan, batch: Received[]): Promise<Outcome[]> {
    const { queue, system, stop, admission } = this.options;
    const context: BatchContext = { queue, system, signal: stop, trial: admission === 'trial' };
    batchSize.observe({ queue }, batch.length);
    const stopTimer = batchSeconds.startTimer({ queue });
    const outcomes = await dispatch(
      batch.map((each) => each.delivery!),
      (deliveries) => plan.handle(deliveries, context),
      (error, size) => this.report(error, size),
    );
    stopTimer();
    return outcomes;
  }

  private report(error: unknown, size: number): void {
    const { kind, cause } = failureOf(error);
    const text = `queue ${this.options.queue}: a batch of ${size} failed as ${kind} (${cause})`;
    // The error itself: of a bare stack the log cannot tell PostgreSQL's words, which quote values.
    if (cause === 'unexpected-error') this.log.error(text, { error });
    else this.log.warn(text);
  }

  private tried(batch: Received[], outcomes: Outcome[]): Outcome[] {
    const { admission, triedBefore } = this.options;
    if (admission !== 'trial') return outcomes;
    return outcomes.map((outcome, index) => {
      const { id } = batch[index]!.delivery!.event;
      const before = triedBefore.has(id);
      triedBefore.add(id);
      return inTrial(outcome, before);
    });
  }

  /** Asks the guard once for each cause that speaks of the whole system: pause, or this message's own ladder. */
  private async judged(outcomes: Outcome[]): Promise<Outcome[]> {
    const verdicts = new Map<string, 'handBack' | 'ladder'>();
    const judged: Outcome[] = [];
    for (const outcome of outcomes) {
      // The system is not to blame for our own broker.
      if (outcome.did !== 'handBack' || outcome.failure.cause === brokerAway) {
        judged.push(outcome);
        continue;
      }
      const key = `${outcome.failure.kind} ${outcome.failure.cause}`;
      const verdict = verdicts.get(key) ?? (await this.options.guard.judge(outcome.failure, outcome.error));
      verdicts.set(key, verdict);
      judged.push(
        verdict === 'handBack' ? outcome : retry(temporary(outcome), timedOut(outcome.error) ? '15m' : undefined),
      );
    }
    return judged;
  }

  /** Gives back what was not begun, by copies: no count is raised, and no neighbour is blamed for a crash. */
  private async leave(): Promise<void> {
    try {
      if (this.channelOpen && this.consumerTag) await this.channel.cancel(this.consumerTag);
      if (!this.channelOpen) return; // all of it is delivered again
      const fresh = this.inHand.filter((message) => !message.fields.redelivered);
      await Promise.all(
        fresh.map(async (message) => {
          await this.options.settler.settle({ message }, handBack(failureOf(undefined)));
          if (this.channelOpen) this.channel.ack(message);
          handledMessages.inc({ queue: this.options.queue, outcome: 'handBack' });
        }),
      );
    } catch (error) {
      this.log.warn(`queue ${this.options.queue}: not all could be handed back: ${(error as Error).message}`);
    } finally {
      if (this.channelOpen) await this.channel.close().catch(() => {});
    }
  }
}

const slices = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const temporary = (outcome: { failure: ReturnType<typeof failureOf> }) => ({
  ...outcome.failure,
  kind: 'temporary' as const,
});

const noHandler = (type: string) => ({
  kind: 'contract' as const,
  cause: 'no-handler',
  about: type,
  reason: both(`Эта служба не обрабатывает событий ${type}`, `This service handles no events of type ${type}`),
});
