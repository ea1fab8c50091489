import { both } from '#contracts';
import { removeSystem, rowsOfSystem } from '../../../system-removal.js';
import { exitCodes } from '../../exit-codes.js';
import type { Shell } from '../../program.js';
import { CommandError, type Told } from '../../output/told.js';

export function addSystem({ program, say, answer, withWhy }: Shell): void {
  const systems = program.command('system').description(say('системы (сайты Moodle)', 'systems (Moodle sites)'));
  withWhy(systems.command('remove <id>'))
    .description(
      say(
        'забыть систему, уже убранную из конфигурации: очереди и все записи о ней; Moodle и 1С не меняются',
        'forget a system that is gone from the configuration: its queues and all records of it; Moodle and 1C stay as they are',
      ),
    )
    .option('--yes', say('подтвердить', 'confirm'))
    .action(
      answer(async (context, id: string, { yes, why }: { yes?: boolean; why?: string }): Promise<Told> => {
        if (!/^[a-z0-9-]{1,32}$/.test(id))
          throw new CommandError(both('Код системы: a-z, 0-9 и -', 'A system id holds a-z, 0-9 and -'));
        if (context.systems().some((system) => system.id === id))
          throw new CommandError(
            both(
              `Система ${id} ещё в конфигурации. Уберите её оттуда, перезапустите службы и повторите: иначе они объявят её очереди снова`,
              `The system ${id} is still configured. Take it out, restart the services and try again: else they declare its queues anew`,
            ),
          );
        const dataSource = await context.dataSource();
        const rows = await rowsOfSystem(dataSource, id);
        const table = {
          table: {
            columns: [both('Таблица', 'Table'), both('Записей', 'Rows')],
            rows: rows.map((row) => [row.table, row.number]),
            empty: both('Записей о системе нет', 'There are no records of the system'),
          },
        };
        if (!yes)
          return {
            pieces: [
              {
                line: both(
                  `Будет удалено безвозвратно: все очереди системы ${id} с их сообщениями и записи`,
                  `To be removed for good: all queues of the system ${id} with their messages, and these records`,
                ),
              },
              table,
              {
                line: both(
                  'Учётные записи и зачисления в Moodle останутся, но интеграция забудет, что создала их сама. Отметки в 1С останутся. Подтвердите: --yes',
                  'Accounts and enrolments stay in Moodle, but the toolkit forgets that it has made them. Flags in 1C stay. Confirm: --yes',
                ),
              },
            ],
            json: { system: id, rows, removed: false },
            code: exitCodes.notConfirmed,
          };
        const broker = await context.broker();
        const removed = await context.audited({ action: 'system.remove', system: id, why }, async () => {
          const done = await removeSystem(dataSource, broker, id);
          if (!('busy' in done)) return done;
          throw new CommandError(
            both(
              `Очередь ${done.busy} ещё читают: остановите службы, которые знают систему ${id}`,
              `The queue ${done.busy} is still being read: stop the services that know the system ${id}`,
            ),
            exitCodes.notAll,
          );
        });
        return {
          pieces: [
            {
              line: both(
                `Удалено очередей: ${removed.queues}; записей:`,
                `Removed queues: ${removed.queues}; records:`,
              ),
            },
            table,
          ],
          json: { system: id, rows, removed: true, queues: removed.queues },
        };
      }),
    );
}
