import { describe, expect, it } from '@jest/globals';
import type { ConfirmChannel, Options } from 'amqplib';
import fc from 'fast-check';
import { journalCountHeader } from '../topology/headers.js';
import { inPieces, JournalCopies, mostBytesOfCopy, mostInCopy } from './journal-copies.js';
import { journalGaps } from '../metrics.js';

interface Sent {
  exchange: string;
  key: string;
  body: Buffer;
  options: Options.Publish;
  confirm(error: Error | null): void;
}

function playedChannel() {
  const sent: Sent[] = [];
  const publish = (
    exchange: string,
    key: string,
    body: Buffer,
    options: Options.Publish,
    confirm: Sent['confirm'],
  ): boolean => sent.push({ exchange, key, body, options, confirm }) > 0;
  return { sent, channel: { publish } as unknown as ConfirmChannel };
}
const lost = async (): Promise<number> => (await journalGaps.get()).values[0]?.value ?? 0;
const numbersOf = ({ options }: Sent): unknown => (options.headers as Record<string, unknown>)[journalCountHeader];

describe('copies for the journal', () => {
  it('hold every event once, in order, counted for each system, one message for each turn and system', async () => {
    const turns = fc.array(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.jsonValue()), { maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(turns, async (all) => {
        const { sent, channel } = playedChannel();
        const copies = new JournalCopies('me', () => channel);
        for (const turn of all) {
          const before = sent.length;
          for (const [system, event] of turn) copies.add(system, Buffer.from(JSON.stringify(event)));
          expect(sent.length).toBe(before);
          await Promise.resolve();
          expect(sent.length - before).toBe(new Set(turn.map(([system]) => system)).size);
        }
        for (const system of ['a', 'b']) {
          const own = sent.filter(({ key }) => key === `${system}.journal`);
          const read = own.map(({ body }) => JSON.parse(body.toString()) as unknown[]);
          const published = all.flat().filter(([of]) => of === system);
          expect(read.flat(1)).toEqual(published.map(([, event]) => JSON.parse(JSON.stringify(event)) as unknown));
          let last = 0;
          const expected = read.map(({ length }) => `me/${last + 1}-${(last += length)}`);
          expect(own.map(numbersOf)).toEqual(expected);
        }
      }),
    );
  });

  it('that somebody waits for: safe, or full, or lost with the connection', async () => {
    const { sent, channel } = playedChannel();
    const copies = new JournalCopies('me', () => channel);
    const ends: [string, unknown][] = [];
    const wait = (name: string): void =>
      void copies.addSurely('a', Buffer.from('{}')).then(
        () => ends.push([name, 'safe']),
        (error: Error) => ends.push([name, error.name]),
      );
    for (const name of ['safe', 'full', 'lost']) {
      wait(name);
      copies.add('a', Buffer.from('{}'));
      await Promise.resolve();
    }
    expect(ends).toEqual([]);
    sent[0]!.confirm(null);
    sent[1]!.confirm(new Error('message nacked'));
    sent[2]!.confirm(new Error('channel closed'));
    await new JournalCopies('me', () => undefined).addSurely('a', Buffer.from('{}')).catch((error: Error) => {
      ends.push(['nowhere', error.name]);
    });
    const all = [
      ['safe', 'safe'],
      ['full', 'safe'],
      ['lost', 'BrokerUnavailableError'],
      ['nowhere', 'BrokerUnavailableError'],
    ];
    expect(ends).toEqual(all);
  });

  it('are cut where a message would be too long, and nowhere else', () => {
    const sizes = fc.array(fc.oneof(fc.nat(1_000), fc.nat(mostBytesOfCopy), fc.constant(mostBytesOfCopy + 5)), {
      maxLength: 2 * mostInCopy,
      size: 'max',
    });
    const weight = (piece: readonly Buffer[]): number => 1 + piece.reduce((sum, { length }) => sum + length + 1, 0);
    fc.assert(
      fc.property(sizes, (all) => {
        const events = all.map((size) => ({ length: size }) as Buffer);
        const pieces = [...inPieces(events)];
        expect(pieces.flat()).toEqual(events);
        const fits = (piece: readonly Buffer[]) => piece.length <= mostInCopy && weight(piece) <= mostBytesOfCopy;
        for (const [index, piece] of pieces.entries()) {
          expect(piece.length === 1 || fits(piece)).toBe(true);
          if (index > 0) expect(fits([...pieces[index - 1]!, piece[0]!])).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('that are lost are counted as the events they stood for', async () => {
    const { sent, channel } = playedChannel();
    let now: ConfirmChannel | undefined = channel;
    const copies = new JournalCopies('me', () => now);
    const add = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) copies.add('a', Buffer.from('{}'));
      await Promise.resolve();
    };
    const before = await lost();
    await add(3);
    sent[0]!.confirm(null);
    expect(await lost()).toBe(before);
    await add(2);
    sent[1]!.confirm(new Error('message nacked'));
    expect(await lost()).toBe(before + 2);
    now = undefined;
    await add(4);
    now = {
      publish: () => {
        throw new Error('Channel closed');
      },
    } as unknown as ConfirmChannel;
    await add(1);
    expect(await lost()).toBe(before + 7);
    now = channel;
    await add(1);
    expect(numbersOf(sent.at(-1)!)).toBe('me/11-11');
  });
});
