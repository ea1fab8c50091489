import { addresses, but, load, removeFolders } from '../testing/loading.js';

afterEach(removeFolders);

test('the management API stands beside an address of the broker that a variable gives', () => {
  const management = { url: 'http://mq:15672/', user: 'watch', passwordFile: 'watch' };
  const { broker } = load(but((_system, whole) => (whole.broker = { management })));
  expect(broker).toEqual({
    url: addresses.AMQP_URL,
    management: { url: 'http://mq:15672', user: 'watch', passwordFile: expect.stringMatching(/^\/.*\/watch$/) },
  });
});
