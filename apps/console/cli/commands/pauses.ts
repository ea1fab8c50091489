import { both, consumerNames } from '#contracts';
import { Pause, PauseBook } from '#persistence';
import type { Shell } from '../program.js';
import { CommandError, type Told } from '../output/told.js';

function servicesOf(named: readonly string[]): string[] {
  const unknown = named.filter((name) => !(consumerNames as string[]).includes(name));
  if (unknown.length > 0)
    throw new CommandError(
      both(
        `Нет службы ${unknown.join(', ')}; есть: ${consumerNames.join(', ')}`,
        `There is no service ${unknown.join(', ')}; there are: ${consumerNames.join(', ')}`,
      ),
    );
  return named.length === 0 ? [...consumerNames] : [...named];
}

export function addPauses({ program, say, answer, withWhy }: Shell): void {
  program
    .command('pause <system> [service...]')
    .description(
      say(
        'остановить работу с системой (или одну её службу), пока человек не возобновит',
        'pause the work with a system (or one service of it) until a person resumes it',
      ),
    )
    .option('--why <text>', say('причина для других', 'the reason, for the others'), '')
    .action(
      answer(async (context, id: string, named: string[], { why }: { why: string }): Promise<Told> => {
        const { id: system } = context.system(id);
        const services = servicesOf(named);
        const reason = why === '' ? both('Остановлено человеком', 'Paused by a person') : both(why, why);
        await context.audited({ action: 'system.pause', system, why, fields: services }, async (dataSource) => {
          const book = new PauseBook(dataSource);
          for (const service of services) await book.put({ system, service, kind: 'person', reason, by: context.by });
        });
        const list = services.join(', ');
        return {
          pieces: [{ line: both(`${system}: остановлены ${list}`, `${system}: paused ${list}`) }],
          json: { system, paused: services },
        };
      }),
    );
  withWhy(program.command('resume <system> [service...]'))
    .description(say('снять паузу, поставленную человеком', 'lift a pause that a person has put'))
    .action(
      answer(async (context, id: string, named: string[], { why }: { why?: string }): Promise<Told> => {
        const { id: system } = context.system(id);
        const services = servicesOf(named);
        const dataSource = await context.dataSource();
        const resumed = await context.audited(
          { action: 'system.resume', system, why, fields: services },
          async () => {
            const book = new PauseBook(dataSource);
            const lifted: string[] = [];
            for (const service of services)
              if (await book.lift({ system, service, kind: 'person', by: context.by })) lifted.push(service);
            return lifted;
          },
          ({ length }) => length,
        );
        const left = (await dataSource.getRepository(Pause).findBy({ system })).filter(({ service }) =>
          services.includes(service),
        );
        return {
          pieces: [
            {
              line: both(
                `${system}: возобновлены ${resumed.join(', ') || '-'}`,
                `${system}: resumed ${resumed.join(', ') || '-'}`,
              ),
            },
            ...left.map(({ service, kind, reason }) => ({
              line: both(
                `${service} ещё стоит (${kind}), это кончится само: ${reason.ru}`,
                `${service} is still paused (${kind}), which ends by itself: ${reason.en}`,
              ),
            })),
          ],
          json: { system, resumed, still: left },
        };
      }),
    );
}
