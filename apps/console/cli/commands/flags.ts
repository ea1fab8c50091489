import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { askFor } from '#persistence';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import { CommandError, type Piece, type Told } from '../output/told.js';

interface Released {
  flagged: number;
  overtaken: number;
  refused: { code: string; reason: string }[];
}

/** @throws CommandError where the service has not done it */
async function release(dataSource: DataSource, system: string, by: string) {
  const end = await askFor(
    dataSource,
    { service: 'error-flagger', system, what: 'release-flags', by },
    { begin: 10_000, end: 900_000 },
  );
  if (end.state === 'failed') throw new CommandError(end.failure, exitCodes.away);
  if (end.state !== 'waiting') return end;
  throw new CommandError(
    both(
      'Служба error-flagger не запущена: ничего не сделано',
      'The service error-flagger is not running: nothing was done',
    ),
    exitCodes.away,
  );
}

export function addFlags({ program, say, answer, withWhy }: Shell): void {
  const flags = program.command('flags').description(say('отметки Error в 1С', 'Error flags in 1C'));
  withWhy(flags.command('release <system>'))
    .description(
      say(
        'поставить отметки Error, задержанные часовым пределом (это делает служба error-flagger)',
        'set the Error flags that the hourly limit held back (the service error-flagger does it)',
      ),
    )
    .action(
      answer(async (context, id: string, { why }: { why?: string }): Promise<Told> => {
        const { id: system } = context.system(id);
        const end = await context.audited(
          { action: 'flags.release', system, why },
          (dataSource) => release(dataSource, system, context.by),
          (ended) => (ended.state === 'done' ? (ended.result as Released).flagged : null),
        );
        if (end.state === 'underWay')
          return {
            pieces: [
              { line: both('Ещё идёт; служба доведёт до конца', 'Still under way; the service goes on to the end') },
            ],
            json: end,
          };
        const { flagged, overtaken, refused } = end.result as Released;
        const pieces: Piece[] = [
          {
            line: both(
              `Отмечено в 1С: ${flagged}; устарело: ${overtaken}; отвергнуто: ${refused.length}`,
              `Flagged in 1C: ${flagged}; overtaken: ${overtaken}; refused: ${refused.length}`,
            ),
          },
        ];
        if (refused.length > 0)
          pieces.push({
            table: {
              columns: [both('Студент', 'Student'), both('Почему', 'Why')],
              rows: refused.map(({ code, reason }) => [code, reason]),
              empty: both('', ''),
            },
          });
        return { pieces, json: end.result, code: refused.length > 0 ? exitCodes.notAll : exitCodes.done };
      }),
    );
}
