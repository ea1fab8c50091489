import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Logger } from '@nestjs/common';
import { rest } from '#platform';
import { Answering, type AnsweringOptions } from '../answering/answering.js';
import { BrokerUnavailableError, endChannel, isBrokerAway, type Broker } from '../broker/broker.js';
import { brokerAway, failureOf } from '../answering/failure-of.js';
import { attempts, handledMessages } from '../metrics.js';
import { attemptOf } from '../topology/headers.js';
import { handBack, isThrough, type Outcome } from '../answering/outcome.js';
import { Outstanding, type InHand } from './outstanding.js';
import type { Received } from '../answering/delivery.js';
import type { Settler } from './settle.js';
import type { SettledBefore } from './settled-before.js';
import type { QueueDeclaration } from '../topology/topology.js';
import { trialTells } from '../answering/trial.js';

export interface SessionOptions extends AnsweringOptions {
  broker: Broker;
  /** Declared before the queue is opened: it may have been deleted. */
  topology: QueueDeclaration[];
  /** The largest batch and the longest wait of all handlers of the queue. */
  size: number;
  waitMs: number;
  settler: Settler;
  /** What earlier sessions have settled. */
  settledBefore: SettledBefore;
  /** The session before had to hand back: one message is tried alone, and the others are taken when it got through. */
  careful: boolean;
}

/** Rests before the broker is given what it would not take (milliseconds). */
const rests = [500, 1_000, 2_000, 5_000];
/** A queue that brings nothing for so long is empty (milliseconds). */
const emptyAfter = 2_000;

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
  private outstanding?: Outstanding;
  private careful: boolean;
  /** Our own broker would not take what follows. */
  private unpublished = false;
  /** Whether something had to be handed back, and nothing got through after it. */
  handedBack: boolean;
  private wake: () => void = () => {};
  private readonly answering: Answering;

  constructor(private readonly options: SessionOptions) {
    this.answering = new Answering(options);
    this.careful = this.handedBack = options.careful;
  }

  get unsettled(): InHand {
    return this.outstanding?.inHand ?? { number: 0 };
  }

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
      this.channel = await this.options.broker.channel(stop);
      this.channelOpen = true;
      this.outstanding = new Outstanding(this.channel);
      this.channel.on('close', () => {
        this.channelOpen = false;
        end();
      });
      await this.options.broker.stand(this.options.topology);
      await this.subscribe(1);
      await this.work();
    } finally {
      stop.removeEventListener('abort', end);
      paused.removeEventListener('abort', end);
      await this.leave();
    }
    if (this.unpublished) throw new BrokerUnavailableError('the broker does not take what is published');
  }

  private async subscribe(prefetch: number): Promise<void> {
    await this.channel.prefetch(prefetch);
    const { consumerTag } = await this.channel.consume(this.options.queue, (message) => {
      if (message) this.take(message);
      else this.ending = true; // cancelled by the broker: the queue was deleted or moved
      this.wake();
    });
    const before = this.consumerTag;
    this.consumerTag = consumerTag;
    if (before) await this.channel.cancel(before);
  }

  private take(message: ConsumeMessage): void {
    this.outstanding?.took(message);
    if (!this.options.settledBefore.has(message)) return void this.inHand.push(message);
    this.outstanding?.settled(message);
    this.outstanding?.acknowledge();
    handledMessages.inc({ queue: this.options.queue, outcome: 'again' });
  }

  private async work(): Promise<void> {
    const { guard } = this.options;
    while (!this.ending) {
      if (this.inHand.length === 0) {
        await this.arrival(this.options.admission === 'trial' ? emptyAfter : undefined);
        if (this.options.admission === 'trial' && this.inHand.length === 0 && !this.ending) return guard.untried();
        continue;
      }
      const orphan = this.inHand.findIndex((message) => message.fields.redelivered);
      if (orphan >= 0 && this.batching) return; // begins again one at a time, with no fresh neighbour in hand
      if (orphan >= 0 || this.careful || this.options.admission === 'trial') {
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

  /** Reads, has the handlers answer and what follows published and confirmed, then acknowledges: in this order only. */
  private async handle(messages: ConsumeMessage[]): Promise<void> {
    const before = this.options.guard.answered();
    // Settled piece by piece: the broker takes back what is held for half an hour.
    for await (const answers of this.answering.to(messages)) {
      await this.settle(answers);
      const back = answers.flatMap(([, outcome]) => (outcome.kind === 'handBack' ? outcome.failure.cause : []));
      this.handedBack = back.length > 0;
      if (back.length < answers.length) this.careful = false;
      if (back.includes(brokerAway)) this.unpublished = this.ending = true;
      if (this.options.admission === 'trial') await this.conclude(answers, this.options.guard.answered() > before);
    }
  }

  private async conclude(answers: [Received, Outcome][], asked: boolean): Promise<void> {
    for (const [, outcome] of answers) {
      const tells = trialTells(outcome, asked);
      if (tells === 'mended') await this.options.guard.mended();
      if (tells !== 'nothing') this.ending = true;
    }
  }

  private async settle(answers: [Received, Outcome][]): Promise<void> {
    // Without its channel a message is delivered again: a copy would double it.
    if (!this.channelOpen) return;
    for (const [{ message }, outcome] of answers) if (isThrough(outcome)) this.settled(message, outcome.kind);
    if (this.channelOpen) this.outstanding?.acknowledge();
    const others = answers.filter(([, outcome]) => !isThrough(outcome));
    await this.settleAll(others.map(([received, outcome]) => ({ received, outcome })));
    if (this.channelOpen) this.outstanding?.acknowledge();
  }

  private async settleAll(all: { received: Received; outcome: Outcome }[]): Promise<void> {
    const results = await Promise.allSettled(
      all.map(async ({ received, outcome }) => {
        this.settled(received.message, await this.settleSurely(received, outcome));
      }),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** What our own broker does not take is given again: were its channel closed, the message would bear the blame. */
  private async settleSurely(received: Received, outcome: Outcome): Promise<Outcome['kind']> {
    const { settler, stop } = this.options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await settler.settle(received, outcome);
      } catch (error) {
        if (!isBrokerAway(error) || !this.channelOpen || stop.aborted) throw error;
        await rest(rests[Math.min(attempt, rests.length - 1)]!, stop);
        if (!this.channelOpen) throw error;
      }
    }
  }

  /** Its acknowledgement may yet be lost with the channel: then it is known when it comes again. */
  private settled(message: ConsumeMessage, kind: Outcome['kind']): void {
    this.outstanding?.settled(message);
    this.options.settledBefore.add(message);
    handledMessages.inc({ queue: this.options.queue, outcome: kind });
    if (kind === 'done' || kind === 'dead') attempts.observe({ queue: this.options.queue }, attemptOf(message) + 1);
  }

  /** Gives back what was not begun, by copies: no count is raised, and no neighbour is blamed for a crash. */
  private async leave(): Promise<void> {
    if (!this.channelOpen) return; // all of it is delivered again
    const tags = this.consumerTag ? [this.consumerTag] : [];
    try {
      for (const tag of tags) await this.channel.cancel(tag);
      const fresh = this.inHand.filter((message) => !message.fields.redelivered);
      if (this.channelOpen)
        await this.settleAll(
          fresh.map((message) => ({ received: { message }, outcome: handBack(failureOf(undefined)) })),
        );
    } catch (error) {
      this.log.warn(`queue ${this.options.queue}: not all could be handed back: ${(error as Error).message}`);
    }
    if (!this.channelOpen) return;
    await this.outstanding?.conclude(() => this.channel.checkQueue(this.options.queue)).catch(() => {});
    await endChannel(this.channel, []).catch(() => {});
  }
}
