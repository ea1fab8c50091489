import type { ru } from '../ru/index.js';
import type { English } from '../texts.js';

export const queues: English<typeof ru.queues> = {
  title: 'Queues',
  calm: 'All queues are empty.',
  answer_one: '{{count}} message waits.',
  answer_other: '{{count}} messages wait.',
  sources: {
    amqp: 'By AMQP: what a service has in hand is not seen.',
    management: "By RabbitMQ's management interface.",
  },
  heldBack: 'RabbitMQ takes no messages: {{reason}}',
  system: 'System',
  service: 'Service',
  work: 'Waiting',
  retry: 'To be tried again',
  dead: 'Dead letters',
  consumers: 'Consumers',
  state: 'State',
  absent: 'no such queue',
  nobody: 'nobody reads it',
  reads: 'is read',
  journal: "the console's journal",
  asked: 'Asked',
};
