import type { ConsumeMessage } from 'amqplib';
import { Logger } from '@nestjs/common';
import { both } from '#contracts';
import { endStep, toDelivery, type BatchContext, type Delivery, type Received } from './delivery.js';
import { dispatch } from './dispatch.js';
import { failureOf } from './failure-of.js';
import { Judging, type JudgingOptions } from './judging.js';
import { batchSeconds, batchSize } from '../metrics.js';
import { dead, handBack, type Answers, type Outcome } from './outcome.js';
import type { Publisher } from '../publishing/publisher.js';

/** One handler method with the size of its batches. */
export interface HandlerPlan {
  handle(deliveries: Delivery[], context: BatchContext): Promise<Answers>;
  /** Messages in one batch at the most. */
  size: number;
  /** Milliseconds to wait for a batch to fill. */
  waitMs: number;
}

export interface AnsweringOptions extends JudgingOptions {
  queue: string;
  system: string;
  /** The handler of an event type; undefined where there is none. */
  planOf(type: string): HandlerPlan | undefined;
  /** Takes what follows the messages. */
  publisher: Pick<Publisher, 'publishAll'>;
  stop: AbortSignal;
}

/**
 * What is to become of messages: reads them, has the handlers answer, publishes what follows, and asks the guard what
 * their failures mean.
 */
export class Answering {
  private readonly log = new Logger(Answering.name);

  private readonly judging: Judging;

  constructor(private readonly options: AnsweringOptions) {
    this.judging = new Judging(options);
  }

  private read(message: ConsumeMessage): Received & { broken?: unknown } {
    try {
      return { message, delivery: toDelivery(message, this.options.queue, this.options.system) };
    } catch (error) {
      return { message, broken: error };
    }
  }

  /** Piece by piece, as the handlers answer. Never throws for what a handler does. */
  async *to(messages: readonly ConsumeMessage[]): AsyncGenerator<[Received, Outcome][]> {
    const received = messages.map((message) => this.read(message));
    const answers: [Received, Outcome][] = [];
    const batches = new Map<HandlerPlan, Received[]>();
    const alone: [HandlerPlan, Received][] = [];
    for (const each of received) {
      const plan = each.delivery && this.options.planOf(each.delivery.event.type);
      if (!each.delivery) answers.push([each, dead(failureOf(each.broken))]);
      else if (!plan) {
        endStep(each.delivery, 'no-handler');
        answers.push([each, dead(noHandler(each.delivery.event.type))]);
      } else if (each.delivery.attempt > 0) alone.push([plan, each]);
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
          : await await this.judging.judge(deliveriesOf(batch), await this.callHandler(plan, batch));
      for (const [index, { delivery }] of batch.entries()) endStep(delivery!, failureIn(outcomes[index]!));
      yield batch.map((each, index): [Received, Outcome] => [each, outcomes[index]!]);
    }
  }

  private async callHandler(plan: HandlerPlan, batch: Received[]): Promise<Outcome[]> {
    const { queue, system, stop, publisher } = this.options;
    const context: BatchContext = { queue, system, signal: stop };
    batchSize.observe({ queue }, batch.length);
    const stopTimer = batchSeconds.startTimer({ queue });
    const deliveries = deliveriesOf(batch);
    const answers = await dispatch(
      deliveries,
      (part) => plan.handle(part, context),
      (follow) => publisher.publishAll(follow),
      (error, size) => this.report(error, size),
    );
    stopTimer();
    return deliveries.map((delivery) => answers.get(delivery)!);
  }

  private report(error: unknown, size: number): void {
    const { kind, cause } = failureOf(error);
    const text = `queue ${this.options.queue}: a batch of ${size} failed as ${kind} (${cause})`;
    // The error itself: of a bare stack the log cannot tell PostgreSQL's words, which quote values.
    if (cause === 'unexpected-error') this.log.error(text, { error });
    else this.log.warn(text);
  }
}

const deliveriesOf = (batch: readonly Received[]): Delivery[] => batch.map(({ delivery }) => delivery!);

const failureIn = (outcome: Outcome): string | undefined => ('failure' in outcome ? outcome.failure.cause : undefined);

const slices = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const noHandler = (type: string) => ({
  kind: 'contract' as const,
  cause: 'no-handler',
  about: type,
  reason: both(`Эта служба не обрабатывает событий ${type}`, `This service handles no events of type ${type}`),
});
