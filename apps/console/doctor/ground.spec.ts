import type { Broker } from '#messaging';
import { ConsoleSetup } from '../testing/console-setup.js';
import { examineGround } from './ground.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterAll(() => setup.close());

const held = (alarm: string | undefined) => async (): Promise<Broker> =>
  new Proxy(setup.broker, {
    get: (broker, name) => {
      if (name === 'takes') return () => Promise.resolve(alarm);
      const value: unknown = Reflect.get(broker, name);
      return typeof value === 'function' ? value.bind(broker) : value;
    },
  });
const takes = async (alarm: string | undefined) =>
  (await examineGround(setup.dataSource, held(alarm), [setup.system])).find(
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
  const [last] = (await examineGround(setup.dataSource, () => Promise.resolve(setup.broker), [setup.system])).slice(-1);
  expect(last).not.toMatchObject({ check: 'broker takes messages' });
});
