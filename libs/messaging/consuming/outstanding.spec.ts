import type { ConsumeMessage } from 'amqplib';
import { Outstanding } from './outstanding.js';

const message = (deliveryTag: number, timestamp?: number) =>
  ({ fields: { deliveryTag }, properties: { timestamp } }) as unknown as ConsumeMessage;

it('what is in hand is what is not settled, acknowledged or not; the oldest is known where messages tell their age', () => {
  const outstanding = new Outstanding({ ack: () => undefined, nack: () => undefined });
  expect(outstanding.inHand).toEqual({ number: 0 });
  outstanding.took(message(1, 1_700_000_100));
  outstanding.took(message(2, 1_700_000_000));
  outstanding.took(message(3));
  expect(outstanding.inHand).toEqual({ number: 3, oldest: 1_700_000_000_000 });
  outstanding.settled(message(2));
  expect(outstanding.inHand).toEqual({ number: 2, oldest: 1_700_000_100_000 });
  outstanding.settled(message(1));
  expect(outstanding.inHand).toEqual({ number: 1 });
});
