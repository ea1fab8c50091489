import { journalQueue } from '#messaging';
import { ConsoleStage, until } from '../testing/console-stage.js';
import { BatchReader } from './batch-reader.js';

const stage = new ConsoleStage();
beforeAll(() => stage.open());
afterEach(() => stage.clear());
afterAll(() => stage.close());

const send = async (...weights: number[]): Promise<void> => {
  for (const weight of weights)
    await stage.publisher.send({ exchange: '', key: journalQueue(stage.system), body: Buffer.from(String(weight)) });
};

function reader(limits: { prefetch: number; size: number }): { batches: number[][]; reader: BatchReader } {
  const batches: number[][] = [];
  const weigh = ({ content }: { content: Buffer }): number => Number(content.toString());
  return {
    batches,
    reader: new BatchReader({
      name: 'test',
      broker: stage.broker,
      topology: stage.topology,
      queues: [journalQueue(stage.system)],
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
  stage.during((stop) => of.run(stop));
  await until('the full ones are done', () => Promise.resolve(batches.length === 2));
  expect(batches).toEqual([[3, 3], [7]]);
  await until('the rest is in hand', async () => (await stage.depth(journalQueue(stage.system))) === 0);
  await stage.rest();
  expect(batches).toEqual([[3, 3], [7], [1, 3]]);
});

test('a batch is full when the broker gives no more', async () => {
  const { batches, reader: of } = reader({ prefetch: 2, size: 1_000 });
  await send(1, 1, 1, 1);
  stage.during((stop) => of.run(stop));
  await until('all are done', () => Promise.resolve(batches.length === 2));
  expect(batches).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
