import { createServer, type AddressInfo } from 'node:net';
import { Broker, BrokerUnavailableError } from './broker.js';

it('what was closed dials no more, neither when it is asked later nor when it was just about to', async () => {
  let dialled = 0;
  const silent = createServer((socket) => (dialled++, socket.resume())).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const url = `amqp://127.0.0.1:${(silent.address() as AddressInfo).port}`;

  const never = new Broker(url, 'never opened');
  await never.close();
  await expect(never.channel()).rejects.toThrow(BrokerUnavailableError);
  expect(dialled).toBe(0);

  const early = new Broker(url, 'closed at once');
  const opening = early.channel().catch((error: unknown) => error);
  await early.close();
  expect(await opening).toBeInstanceOf(BrokerUnavailableError);
  const before = dialled;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(dialled).toBe(before);
  await new Promise((resolve) => silent.close(resolve));
});
