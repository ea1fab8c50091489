import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Logger } from '@nestjs/common';
import { Answering, type AnsweringOptions } from './answering.js';
import { declare, type Broker } from './broker.js';
import { failureOf } from './failure-of.js';
import { handledMessages } from './metrics.js';
import { handBack, type Outcome } from './outcome.js';
import type { Received, Settler } from './settle.js';
import type { QueueDeclaration } from './topology.js';
import { trialTells } from './trial.js';

export interface SessionOptions extends AnsweringOptions {
  broker: Broker;
  /** Declared before the queue is opened: it may have been deleted. */
  topology: QueueDeclaration[];
  /** The largest batch and the longest wait of all handlers of the queue. */
  size: number;
  waitMs: number;
  settler: Settler;
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
  private readonly answering: Answering;

  constructor(private readonly options: SessionOptions) {
    this.answering = new Answering(options);
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
    for await (const answers of this.answering.to(messages)) {
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
