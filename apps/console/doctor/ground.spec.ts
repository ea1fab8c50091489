import type { Broker } from '#messaging';
import { ConsoleStage } from '../testing/console-stage.js';
import { examineGround } from './ground.js';

const stage = new ConsoleStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const held = (alarm: string | undefined) => async (): Promise<Broker> =>
  new Proxy(stage.broker, {
    get: (broker, name) => {
      if (name === 'takes') return () => Promise.resolve(alarm);
      const value: unknown = Reflect.get(broker, name);
      return typeof value === 'function' ? value.bind(broker) : value;
    },
  });
const takes = async (alarm: string | undefined) =>
  (await examineGround(stage.dataSource, held(alarm), [stage.system])).find(
    ({ check }) => check === 'broker takes messages',
  );

test.each([
  ['low on memory', /short of memory/],
  ['low on disk', /short of disk/],
  ['no confirm within 5000 ms', /no confirm within 5000 ms/],
])('a broker that takes no messages (%s) is told, with what to do', async (alarm, what) => {
  expect(await takes(alarm)).toMatchObject({
    severity: 'error',
    what: { en: expect.stringMatching(what) as string },
    mend: { en: expect.stringMatching(/rabbitmq-diagnostics/) as string },
  });
});

test('one that takes them is not spoken of', async () => {
  expect(await takes(undefined)).toBeUndefined();
  const [last] = (await examineGround(stage.dataSource, () => Promise.resolve(stage.broker), [stage.system])).slice(-1);
  expect(last).not.toMatchObject({ check: 'broker takes messages' });
});
