import { journalQueue } from '#messaging';
import { ConsoleSetup, until } from '../testing/console-setup.js';
import { BatchReader } from './batch-reader.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

const send = async (...weights: number[]): Promise<void> => {
  for (const weight of weights)
    await setup.publisher.send({ exchange: '', key: journalQueue(setup.system), body: Buffer.from(String(weight)) });
};

function reader(limits: { prefetch: number; size: number }): { batches: number[][]; reader: BatchReader } {
  const batches: number[][] = [];
  const weigh = ({ content }: { content: Buffer }): number => Number(content.toString());
  return {
    batches,
    reader: new BatchReader({
      name: 'test',
      broker: setup.broker,
      topology: setup.topology,
      queues: [journalQueue(setup.system)],
      ...limits,
      // Nothing here waits for it.
      waitMs: 600_000,
      weigh,
      work: (batch) => Promise.resolve(void batches.push(batch.map(({ message }) => weigh(message)))),
    }),
  };
}

test('a batch is full by its weight; a stop ends the wait for a full one', async () => {
  const { batches, reader: of } = reader({ prefetch: 100, size: 5 });
  await send(3, 3, 7, 1, 3);
  setup.during((stop) => of.run(stop));
  await until('the full ones are done', () => Promise.resolve(batches.length === 2));
  expect(batches).toEqual([[3, 3], [7]]);
  await until('the rest is in hand', async () => (await setup.depth(journalQueue(setup.system))) === 0);
  await setup.rest();
  expect(batches).toEqual([[3, 3], [7], [1, 3]]);
});

test('a batch is full when the broker gives no more', async () => {
  const { batches, reader: of } = reader({ prefetch: 2, size: 1_000 });
  await send(1, 1, 1, 1);
  setup.during((stop) => of.run(stop));
  await until('all are done', () => Promise.resolve(batches.length === 2));
  expect(batches).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
