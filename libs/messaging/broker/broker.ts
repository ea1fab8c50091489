import { setTimeout as rest } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import { Logger } from '@nestjs/common';
import type { SettingTrouble } from '#platform';
import { publishersHeldBack } from '../metrics.js';
import { standTopology } from '../topology/declare.js';
import type { QueueDeclaration } from '../topology/topology.js';
import { brokerTrouble } from './broker-trouble.js';
import { diallingOf } from './dialling.js';

/** The broker cannot be reached, or the connection broke before it answered. Nothing is lost: do it again. */
export class BrokerUnavailableError extends Error {
  override name = 'BrokerUnavailableError';
}

/** The broker refused the message: the queue is full or its leader is away. Nothing was stored: publish again. */
export class RefusedByBrokerError extends Error {
  override name = 'RefusedByBrokerError';
}

/** The message in hand is not to blame for either: it waits for the broker. */
export const isBrokerAway = (error: unknown): boolean =>
  error instanceof BrokerUnavailableError || error instanceof RefusedByBrokerError;

/** One connection that comes back by itself. `topology` is declared anew after every reconnect. */
export class Broker {
  private readonly log = new Logger(Broker.name);
  private connection?: RecoveringChannelModel;
  private model?: ChannelModel;
  private opening?: Promise<RecoveringChannelModel>;
  private readonly listeners = new Set<(reason: string | undefined) => void>();
  private readonly troubleListeners = new Set<(trouble: SettingTrouble) => void>();
  connected = false;
  private closed = false;
  private mayDeclare = true;
  /** What in the settings keeps the connection from standing; it is tried again all the same: the broker may be mended. */
  trouble?: SettingTrouble;
  private troubleToldAt = -Infinity;
  /** Why the broker takes nothing from this connection now: its memory or its disk is short. It may still deliver. */
  heldBack?: string;

  private readonly dialling: object;

  /** @throws SettingError where a certificate's file cannot be read */
  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly topology: QueueDeclaration[] = [],
  ) {
    this.dialling = diallingOf(url);
  }

  /** A fresh channel; waits until there is a connection, or until `stop` aborts. */
  async channel(stop?: AbortSignal): Promise<ConfirmChannel> {
    const channel = await this.bareChannel(stop);
    channel.on('error', (error) => this.log.warn(`channel closed by the broker: ${error.message}`));
    return channel;
  }

  private bareChannel(stop?: AbortSignal): Promise<ConfirmChannel> {
    const opened = this.open().then((connection) => connection.createConfirmChannel());
    return stop ? unlessAborted(opened, stop) : opened;
  }

  /** See to it that these queues stand: see {@link standTopology}. */
  async stand(queues: readonly QueueDeclaration[], open = () => this.bareChannel()): Promise<void> {
    this.mayDeclare = await standTopology(open, queues, this.mayDeclare);
  }

  /** Opens the connection; resolves when it stands for the first time. */
  async open(): Promise<RecoveringChannelModel> {
    this.opening ??= this.dial();
    return this.opening;
  }

  /** After `close` none is dialled: nobody would end it, and it would be dialled again for ever. */
  private async dial(): Promise<RecoveringChannelModel> {
    if (this.closed) throw new BrokerUnavailableError('the connection was closed');
    const connection = await connect(this.url, {
      ...this.dialling,
      timeout: 10_000,
      clientProperties: { connection_name: this.name },
      recovery: {
        initialDelay: 100,
        maxDelay: 5_000,
        waitForConnect: false,
        setup: async (model: ChannelModel) => {
          if (this.topology.length > 0) await this.stand(this.topology, () => model.createConfirmChannel());
        },
      },
    });
    this.connection = connection;
    if (this.closed) {
      await connection.close();
      throw new BrokerUnavailableError('the connection was closed');
    }
    connection.on('connect', (model: ChannelModel) => {
      this.connected = true;
      this.trouble = undefined;
      this.model = model;
    });
    connection.on('disconnect', (error: Error) => {
      this.connected = false;
      this.holdBack(undefined);
      this.log.warn(`connection to the broker lost: ${error.message}`);
    });
    connection.on('connect-failed', (error: Error) => this.failedToConnect(error));
    connection.on('blocked', (reason: string) => this.holdBack(reason || 'alarm'));
    connection.on('unblocked', () => this.holdBack(undefined));
    connection.on('error', () => {}); // 'disconnect' follows and says the same
    await connection.waitForConnect();
    return connection;
  }

  private failedToConnect(error: Error): void {
    this.trouble = brokerTrouble(error, this.url);
    if (this.trouble === undefined) return this.log.warn(`the broker cannot be reached: ${explain(error)}`);
    for (const listener of this.troubleListeners) listener(this.trouble);
    if (performance.now() - this.troubleToldAt < troubleToldEvery) return;
    this.troubleToldAt = performance.now();
    const { reason, cure } = this.trouble;
    this.log.error(`${reason.ru}. Как исправить: ${cure.ru} / ${reason.en}. Mend: ${cure.en}`);
  }

  /** Called at every try that a wrong setting ends. */
  onTrouble(listener: (trouble: SettingTrouble) => void): void {
    this.troubleListeners.add(listener);
    if (this.trouble) listener(this.trouble);
  }

  /** Called when the broker begins to hold this connection back, with its reason, and when that is over. */
  onHeldBack(listener: (reason: string | undefined) => void): void {
    this.listeners.add(listener);
  }

  /**
   * Does the broker take what is published on this connection? Only a publish tells: until then a broker whose memory
   * or disk is short answers as usual. Gives the reason when it takes nothing.
   */
  async takes(within = 5_000): Promise<string | undefined> {
    const channel = await this.channel();
    const stop = new AbortController();
    const held = new Promise<string>((resolve) => {
      if (this.heldBack !== undefined) resolve(this.heldBack);
      this.listeners.add((reason) => reason !== undefined && resolve(reason));
    });
    channel.publish('', nowhere, Buffer.alloc(0)); // no queue has this name: the broker throws it away
    const answer = await Promise.race([
      channel.waitForConfirms().then(() => undefined),
      held,
      rest(within, `no confirm within ${within} ms`, { ref: false, signal: stop.signal }),
    ]);
    stop.abort();
    if (answer === undefined) await channel.close();
    return answer;
  }

  private holdBack(reason: string | undefined): void {
    if (reason === this.heldBack) return;
    this.heldBack = reason;
    publishersHeldBack.set({ connection: this.name }, reason === undefined ? 0 : 1);
    if (reason === undefined) this.log.log('the broker takes messages again');
    else this.log.error(`ALARM: the broker takes no messages (${reason}): give it memory or disk`);
    for (const listener of this.listeners) listener(reason);
  }

  /** Never takes long: a broker that holds the connection back does not read the goodbye either. */
  async close(): Promise<void> {
    this.connected = false;
    this.closed = true;
    const closed = this.connection?.close();
    const said = await Promise.race([closed?.then(() => true), rest(goodbyeWithin, false, { ref: false })]);
    if (said === false) cut(this.model);
    this.holdBack(undefined);
  }
}

const nowhere = 'itk.nowhere';
/** Milliseconds. */
const troubleToldEvery = 60_000;
const goodbyeWithin = 2_000;

/** Whoever waits for an answer on it learns that none will come. */
const cut = (model: ChannelModel | undefined): void =>
  void (model?.connection as unknown as { stream?: { destroy(): void } } | undefined)?.stream?.destroy();

function unlessAborted(opened: Promise<ConfirmChannel>, stop: AbortSignal): Promise<ConfirmChannel> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new BrokerUnavailableError('the broker was away until the end'));
    if (stop.aborted) giveUp();
    stop.addEventListener('abort', giveUp, { once: true });
    opened
      .then((channel) => {
        if (stop.aborted) void channel.close().catch(() => {});
        resolve(channel);
      }, reject)
      .finally(() => stop.removeEventListener('abort', giveUp));
  });
}

/**
 * Ends consumers and their channel when all that was acknowledged on it has arrived. A quorum queue's channel keeps
 * acknowledgements back while 32 commands are under way, and loses them when it is closed; other round trips may
 * overtake them, but a cancel is answered by the queue itself, after everything before it.
 */
export async function endChannel(channel: ConfirmChannel, consumerTags: Iterable<string>): Promise<void> {
  for (const tag of consumerTags) await channel.cancel(tag);
  await channel.close();
}

/** AggregateError of several addresses has an empty text of its own. */
const explain = (error: Error & { errors?: Error[] }): string =>
  error.message || (error.errors ?? []).map((each) => each.message).join('; ') || error.name;
