import { both } from '#contracts';
import { prepareDatabase } from '#persistence';
import { prepareBroker } from '../../../prepare/prepare-broker.js';
import { signInsOf } from '../../../prepare/service-secrets.js';
import type { Shell } from '../../program.js';
import { CommandError, type Told } from '../../output/told.js';

/** A service's schema is named as the service. */
const schemaOf = (service: string): string => service.replaceAll('-', '_');

/** For the installation: with an administrator's addresses, before the services start and before each update. */
export function addPrepare({ program, say, answer }: Shell): void {
  const prepare = program
    .command('prepare')
    .description(
      say(
        'перед первым запуском и обновлением, с правами администратора: роли и очереди служб',
        "before the first start and an update, with an administrator's rights: roles and queues of the services",
      ),
    );
  const folder = say(
    'папка с файлами СЛУЖБА/database-url и СЛУЖБА/amqp-url: адреса, под которыми входят службы',
    'folder of SERVICE/database-url and SERVICE/amqp-url: the addresses that services sign in by',
  );
  prepare
    .command('database')
    .description(
      say(
        'роль для каждой службы: своя схема и общие таблицы; пароли — из файлов служб. DATABASE_URL — администратор',
        "a role for each service: its own schema and the shared tables; passwords from the services' files. DATABASE_URL is an administrator's",
      ),
    )
    .requiredOption('--services <folder>', folder)
    .action(
      answer(async (context, { services }: { services: string }): Promise<Told> => {
        const signIns = signInsOf(services, 'database-url');
        await prepareDatabase(
          context.configuration.database.url,
          signIns.map(({ service, user, password }) => ({ schema: schemaOf(service), role: user, password })),
        );
        return {
          pieces: [
            {
              table: {
                columns: [both('Схема', 'Schema'), both('Роль', 'Role')],
                rows: signIns.map(({ service, user }) => [schemaOf(service), user]),
                empty: both('Служб нет', 'No services'),
              },
            },
            {
              line: both(
                'Роли готовы. Таблицы создаёт каждая служба: main.js migrate',
                'The roles are ready. Tables are made by each service: main.js migrate',
              ),
            },
          ],
          json: { roles: signIns.map(({ service, user }) => ({ schema: schemaOf(service), role: user })) },
        };
      }),
    );
  prepare
    .command('broker')
    .description(
      say(
        'очереди всех систем и пользователь для каждой службы: читает только свои очереди. AMQP_URL — администратор',
        "the queues of all systems, and a user for each service that reads only its own. AMQP_URL is an administrator's",
      ),
    )
    .requiredOption('--services <folder>', folder)
    .option(
      '--management <url>',
      say(
        'адрес API управления; иначе broker.management.url',
        'address of the management API; else broker.management.url',
      ),
    )
    .action(
      answer(async (context, { services, management }: { services: string; management?: string }): Promise<Told> => {
        const { broker, systems } = context.configuration;
        const api = management?.replace(/\/+$/, '') ?? broker.management?.url;
        if (api === undefined)
          throw new CommandError(
            both(
              'Пользователей делает API управления RabbitMQ: назовите его в --management или broker.management.url',
              "Users are made by RabbitMQ's management API: name it by --management or broker.management.url",
            ),
          );
        const signIns = signInsOf(services, 'amqp-url');
        const ids = systems.map(({ id }) => id);
        await prepareBroker(broker.url, api, ids, signIns);
        return {
          pieces: [
            {
              line: both(
                `Очереди готовы для систем: ${ids.join(', ')}`,
                `Queues are ready for the systems: ${ids.join(', ')}`,
              ),
            },
            {
              table: {
                columns: [both('Служба', 'Service'), both('Пользователь', 'User')],
                rows: signIns.map(({ service, user }) => [service, user]),
                empty: both('Служб нет', 'No services'),
              },
            },
          ],
          json: { systems: ids, users: signIns.map(({ service, user }) => ({ service, user })) },
        };
      }),
    );
}
