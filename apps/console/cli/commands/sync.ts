import { both } from '#contracts';
import { askFor } from '#persistence';
import { isFedBy1C, type FedBy1C } from '#platform';
import { notFedBy1C, type Asked } from '../../ask/ask-again.js';
import type { Context } from '../context.js';
import { asksTold } from '../output/asks-told.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import { CommandError, type Cell, type Told } from '../output/told.js';

const wait = { begin: 5_000, end: 15_000 };

interface Why {
  why?: string;
}

/** Those of the chosen systems that 1C feeds. */
function ofOneC(context: Context, id: string | undefined): FedBy1C[] {
  const chosen = context.chosen(id);
  const fed = chosen.filter(isFedBy1C);
  if (fed.length > 0) return fed;
  throw new CommandError(notFedBy1C(chosen.map((system) => system.id).join(', ')), exitCodes.configuration);
}

const again = (
  context: Context,
  whom: { system: string; about: string | undefined; why: string | undefined; fields: string[] },
  ask: () => Promise<Asked>,
): Promise<Asked> => context.audited({ action: 'system.ask-again', ...whom }, ask, ({ asked }) => asked.length);

export function addSync({ program, say, answer, withWhy }: Shell): void {
  const sync = program
    .command('sync')
    .description(say('синхронизировать, не дожидаясь срока', 'synchronize without waiting for the time'));
  withWhy(sync.command('now [system]'))
    .description(say('спросить 1С сейчас, не дожидаясь интервала', 'ask 1C now, without waiting for the interval'))
    .action(
      answer(async (context, id: string | undefined, { why }: Why): Promise<Told> => {
        const ends = await Promise.all(
          ofOneC(context, id).map(async ({ id: system }) => ({
            system,
            ...(await context.audited({ action: 'system.ask-now', system, why }, (dataSource) =>
              askFor(dataSource, { service: 'onec-poller', system, what: 'ask-now', by: context.by }, wait),
            )),
          })),
        );
        const rows = ends.map((end): Cell[] => {
          if (end.state === 'failed') return [end.system, end.failure];
          if (end.state !== 'done')
            return [end.system, both('служба onec-poller не отвечает', 'the service onec-poller does not answer')];
          return (end.result as { state?: string } | null)?.state === 'asking'
            ? [end.system, both('спрашивает', 'asking')]
            : [
                end.system,
                both(
                  'на паузе: спросит, когда пауза кончится (itk status)',
                  'paused: asks when the pause ends (itk status)',
                ),
              ];
        });
        return {
          pieces: [
            {
              table: {
                columns: [both('Система', 'System'), both('1С', '1C')],
                rows,
                empty: both('Систем нет', 'No systems'),
              },
            },
          ],
          json: ends,
          code: ends.every(({ state }) => state === 'done') ? exitCodes.done : exitCodes.away,
        };
      }),
    );
  withWhy(sync.command('cleared <system>'))
    .description(
      say(
        'записи Error, оставшиеся в 1С от потерянных ответов, разобраны: больше о них не говорить',
        'Error rows left in 1C by lost answers are looked after: say no more of them',
      ),
    )
    .action(
      answer(async (context, id: string, { why }: Why): Promise<Told> => {
        const [{ id: system }] = ofOneC(context, id) as [FedBy1C];
        const errand = { service: 'onec-poller', system, what: 'pages-looked-after', by: context.by };
        await context.audited({ action: 'lost-answers.clear', system, why }, async (dataSource) => {
          const end = await askFor(dataSource, errand, wait);
          if (end.state === 'failed') throw new CommandError(end.failure, exitCodes.away);
          if (end.state !== 'done')
            throw new CommandError(
              both('Служба onec-poller не отвечает', 'The service onec-poller does not answer'),
              exitCodes.away,
            );
        });
        return {
          pieces: [
            {
              line: both(
                `${system}: потерянные ответы считаются разобранными`,
                `${system}: the lost answers count as looked after`,
              ),
            },
          ],
          json: { system, cleared: true },
        };
      }),
    );
  withWhy(sync.command('student <code...>'))
    .description(say('пусть 1С передаст этих студентов снова', 'have 1C offer these students again'))
    .option('--system <id>', say('только в этой системе', 'in this system only'))
    .action(
      answer(async (context, codes: string[], { system, why }: Why & { system?: string }): Promise<Told> => {
        const ask = await context.askAgain();
        const answers = [];
        const about = codes.length === 1 ? codes[0] : undefined;
        for (const { id } of ofOneC(context, system))
          answers.push(
            await again(context, { system: id, about, why, fields: ['codes'] }, () => ask.students(id, codes)),
          );
        return asksTold(answers);
      }),
    );
  withWhy(sync.command('group <name>'))
    .description(
      say(
        'пусть 1С передаст снова студентов этой академической группы',
        'have 1C offer the students of this academic group again',
      ),
    )
    .option('--system <id>', say('только в этой системе', 'in this system only'))
    .action(
      answer(async (context, name: string, { system, why }: Why & { system?: string }): Promise<Told> => {
        const ask = await context.askAgain();
        const answers = [];
        for (const { id } of ofOneC(context, system))
          answers.push(
            await again(context, { system: id, about: name, why, fields: ['group'] }, () => ask.group(id, name)),
          );
        if (
          answers.every(
            ({ asked, refused, byHand, failure }) => !failure && !byHand && asked.length + refused.length === 0,
          )
        )
          throw new CommandError(
            both(
              `Студентов группы «${name}» журнал не знает: имя пишется точно как в 1С`,
              `The journal knows no students of the group "${name}": write its name exactly as in 1C`,
            ),
            exitCodes.notFound,
          );
        return asksTold(answers);
      }),
    );
}
