import { both } from '#contracts';
import { lookAtQueues } from '../../queues/depths/look.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import type { Piece } from '../output/told.js';

export function addQueues({ program, say, answer }: Shell): void {
  program
    .command('queues [system]')
    .description(
      say(
        'сколько сообщений ждёт в каждой очереди и сколько взято службой (последнее видит только API управления)',
        'how many messages wait in each queue, and how many a service has taken (that only the management API sees)',
      ),
    )
    .option('--all', say('и пустые очереди повторов', 'empty retry queues too'))
    .action(
      answer(async (context, system: string | undefined, { all }: { all?: boolean }) => {
        const ids = context.chosen(system).map(({ id }) => id);
        const { broker } = context.configuration;
        const { source, whyNot, depths } = await lookAtQueues(broker, ids, async (work) =>
          work(await context.broker()),
        );
        const shown = depths.filter(({ role, ready }) => all || role !== 'retry' || (ready ?? 0) > 0);
        const from: Piece =
          source === 'management'
            ? { line: both('По данным API управления RabbitMQ', "From RabbitMQ's management API") }
            : { line: both('По AMQP: взятое службами не видно', 'By AMQP: what services have taken is not seen') };
        return {
          pieces: [
            {
              table: {
                columns: [
                  both('Очередь', 'Queue'),
                  both('Ждёт', 'Ready'),
                  both('Взято', 'Taken'),
                  both('Читателей', 'Consumers'),
                ],
                rows: shown.map(({ queue, ready, unacknowledged, consumers }) => [
                  queue,
                  ready ?? both('нет очереди', 'no such queue'),
                  unacknowledged ?? '-',
                  consumers ?? '-',
                ]),
                empty: both('Очередей нет', 'No queues'),
              },
            },
            from,
            ...(whyNot
              ? [
                  {
                    line: both(
                      `API управления не ответил: ${whyNot.ru}`,
                      `The management API did not answer: ${whyNot.en}`,
                    ),
                  },
                ]
              : []),
          ],
          json: depths,
          code: depths.some(({ ready }) => ready === undefined) ? exitCodes.notAll : exitCodes.done,
        };
      }),
    );
}
