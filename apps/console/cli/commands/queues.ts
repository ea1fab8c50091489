import { both } from '#contracts';
import { queueDepths } from '../../overview/queues.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';

export function addQueues({ program, say, answer }: Shell): void {
  program
    .command('queues [system]')
    .description(
      say(
        'сколько сообщений ждёт в каждой очереди (взятые службой в работу не видны)',
        'how many messages wait in each queue (those in the hands of a service are not seen)',
      ),
    )
    .option('--all', say('и пустые очереди повторов', 'empty retry queues too'))
    .action(
      answer(async (context, system: string | undefined, { all }: { all?: boolean }) => {
        const ids = context.chosen(system).map(({ id }) => id);
        const depths = await queueDepths(await context.broker(), ids);
        const shown = depths.filter(({ role, ready }) => all || role !== 'retry' || (ready ?? 0) > 0);
        return {
          pieces: [
            {
              table: {
                columns: [both('Очередь', 'Queue'), both('Ждёт', 'Ready'), both('Читателей', 'Consumers')],
                rows: shown.map(({ queue, ready, consumers }) => [
                  queue,
                  ready ?? both('нет очереди', 'no such queue'),
                  consumers ?? '-',
                ]),
                empty: both('Очередей нет', 'No queues'),
              },
            },
          ],
          json: depths,
          code: depths.some(({ ready }) => ready === undefined) ? exitCodes.notAll : exitCodes.done,
        };
      }),
    );
}
