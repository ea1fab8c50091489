import { createServer, type AddressInfo } from 'node:net';
import { makeEvent } from '#contracts';
import { Broker } from '../broker/broker.js';
import { alwaysOpen, leaseForOne } from '../testing/guards.js';
import { Publisher } from '../publishing/publisher.js';
import { RabbitServer } from './rabbit-server.js';

it('a service closes at once while the broker is away, whatever waits for it', async () => {
  const silent = createServer().listen(0, '127.0.0.1'); // takes connections and says nothing
  await new Promise((resolve) => silent.once('listening', resolve));
  const url = `amqp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const publisher = new Publisher(new Broker(url, 'publishing'), 'test');
  const server = new RabbitServer({
    service: 'test',
    systems: ['lms', 'dist'],
    topology: [],
    broker: new Broker(url, 'consuming'),
    publisher,
    guardOf: alwaysOpen,
    takeLease: leaseForOne,
  });
  server.listen(() => {});
  const waiting = publisher
    .publish(makeEvent('itk.enrolment.due.v1', { system: 'lms', code: '1' }, { service: 'test' }))
    .catch((error: Error) => error.name);
  const begun = Date.now();
  publisher.onModuleDestroy();
  expect(await waiting).toBe('BrokerUnavailableError');
  await server.close();
  expect(Date.now() - begun).toBeLessThan(5_000);
  silent.close();
});
