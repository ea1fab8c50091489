import {
  Broker,
  Publisher,
  QueueConsumer,
  Settler,
  answers,
  done,
  type Delivery,
  type QueueDeclaration,
} from '#messaging';
import { alwaysOpen, leaseForOne } from '#messaging/testing';
import type { Side } from './side.js';

/** Publisher and QueueConsumer as a service has them, without Nest. */
export function ours(url: string, target: { queue: string; system: string; topology: QueueDeclaration[] }): Side {
  const publisher = new Publisher(new Broker(url, 'bench publishing', target.topology), 'onec-poller');
  const broker = new Broker(url, 'bench consuming');
  return {
    publish: (events) => publisher.publishAll(events),
    consume: (size, handled) => {
      const waitMs = size > 1 ? 20 : 0;
      const plan = {
        size,
        waitMs,
        handle: (deliveries: Delivery[]) => {
          handled(deliveries.length);
          return Promise.resolve(answers(deliveries, () => done()));
        },
      };
      const consumer = new QueueConsumer({
        ...target,
        broker,
        planOf: () => plan,
        size,
        waitMs,
        publisher,
        settler: new Settler(publisher, target.queue, 'user-provisioner', () => undefined),
        guard: alwaysOpen(),
        takeLease: leaseForOne,
      });
      consumer.start();
      return Promise.resolve({ stop: () => consumer.stop() });
    },
    close: async () => {
      await publisher.close();
      await broker.close();
    },
  };
}
