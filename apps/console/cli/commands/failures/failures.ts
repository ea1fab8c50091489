import { writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { both } from '#contracts';
import { auditedSelection } from '../../../failures/api/audited.js';
import { annotate, archive, restore } from '../../../failures/desk/desk.js';
import { states, type State } from '../../../failures/failure.js';
import { countFailures, findFailures, groupFailures, listFailures } from '../../../failures/desk/overview.js';
import { asksTold } from '../../output/asks-told.js';
import { csvOf } from '../../../failures/desk/csv.js';
import { chosenFor, oneId, positive, selectionOf, withFilters, type FilterOptions } from '../../filter-options.js';
import type { Shell } from '../../program.js';
import type { Told } from '../../output/told.js';
import { failureTold, groupsTold, listTold } from '../../output/failures-told.js';
import { addEdit } from './edit.js';
import { addReplays } from './replays.js';

interface Why {
  why?: string;
}
const same = (count: number): number => count;

const number = (ru: string, en: string, count: number): Told => ({
  pieces: [{ line: both(`${ru}: ${count}`, `${en}: ${count}`) }],
  json: { count },
});

export function addFailures(shell: Shell): void {
  const failures = shell.program
    .command('failures')
    .description(shell.say('неудачи: найти, понять, повторить', 'failures: find, understand, replay'));
  addReading(failures, shell);
  addReplays(failures, shell);
  addEdit(failures, shell);
  addDeeds(failures, shell);
}

function addReading(failures: Command, { language, say, answer }: Shell): void {
  withFilters(failures.command('groups'), language)
    .description(
      say('открытые неудачи по причинам: одна строка на причину', 'open failures by cause: one row for each'),
    )
    .action(
      answer(async (context, options: FilterOptions) =>
        groupsTold(await groupFailures(await context.dataSource(), selectionOf(options))),
      ),
    );
  withFilters(failures.command('list'), language)
    .description(say('список, новые сверху', 'a list, newest first'))
    .addOption(
      new Option('--state <state...>', say('состояния', 'states')).choices([...states]).default(['open', 'replaying']),
    )
    .option('--limit <number>', say('не больше', 'at most'), positive, 50)
    .action(
      answer(async (context, options: FilterOptions & { state: State[]; limit: number }) => {
        const dataSource = await context.dataSource();
        const selection = { ...selectionOf(options), states: options.state };
        return listTold(
          await listFailures(dataSource, selection, options.limit),
          await countFailures(dataSource, selection),
        );
      }),
    );
  failures
    .command('show <id>')
    .description(
      say(
        'всё об одной неудаче: попытки, заметки, само сообщение',
        'all about one failure: attempts, notes, the message itself',
      ),
    )
    .option('--body', say('и тело сообщения (персональные данные)', "the message's body too (personal data)"))
    .action(
      answer(async (context, id: string, { body }: { body?: boolean }) => {
        const dataSource = await context.dataSource();
        const [row] = await findFailures(dataSource, await oneId(dataSource, id));
        return failureTold(row!, body === true);
      }),
    );
  withFilters(failures.command('export'), language)
    .description(say('выгрузить в таблицу', 'export as a table'))
    .addOption(
      new Option('--state <state...>', say('состояния', 'states')).choices([...states]).default(['open', 'replaying']),
    )
    .addOption(new Option('--format <format>', say('формат', 'format')).choices(['csv', 'json']).default('csv'))
    .option('--output <file>', say('в файл', 'into a file'))
    .action(
      answer(
        async (
          context,
          options: FilterOptions & { state: State[]; format: 'csv' | 'json'; output?: string },
        ): Promise<Told> => {
          const selection = { ...selectionOf(options), states: options.state };
          const all = await listFailures(await context.dataSource(), selection, 1_000_000);
          const text = options.format === 'csv' ? csvOf(all, language) : `${JSON.stringify(all, null, 2)}\n`;
          if (options.output === undefined) return { pieces: [], json: all, raw: text };
          writeFileSync(options.output, text);
          return number('Выгружено', 'Exported', all.length);
        },
      ),
    );
}

function addDeeds(failures: Command, { language, say, answer, withWhy }: Shell): void {
  const all = (command: Command): Command => withWhy(withFilters(command, language).option('--all', say('все', 'all')));
  all(failures.command('ask [id...]'))
    .description(
      say(
        'пусть 1С передаст этих студентов снова: причина была в 1С',
        'have 1C offer these students again: the cause was in 1C',
      ),
    )
    .action(
      answer(async (context, ids: string[], options: FilterOptions & Why) => {
        const selection = await chosenFor(await context.dataSource(), ids, options);
        const again = await context.askAgain();
        const asked = await context.audited(
          { action: 'failures.ask', ...auditedSelection(selection), why: options.why },
          () => again.failures(selection, context.by),
          (systems) => systems.reduce((sum, each) => sum + each.asked.length, 0),
        );
        return asksTold(asked);
      }),
    );
  all(failures.command('archive [id...]'))
    .description(say('отложить: больше не ждёт человека', 'put aside: waits for nobody any more'))
    .action(
      answer(async (context, ids: string[], options: FilterOptions & Why) => {
        const dataSource = await context.dataSource();
        const selection = await chosenFor(dataSource, ids, options);
        const count = await context.audited(
          { action: 'failures.archive', ...auditedSelection(selection), why: options.why },
          () => archive(dataSource, selection, context.by, options.why ?? ''),
          same,
        );
        return number('Отложено', 'Archived', count);
      }),
    );
  all(failures.command('restore [id...]'))
    .description(say('вернуть отложенное', 'take back what was archived'))
    .action(
      answer(async (context, ids: string[], options: FilterOptions & Why) => {
        const dataSource = await context.dataSource();
        const selection = await chosenFor(dataSource, ids, options);
        const count = await context.audited(
          { action: 'failures.restore', ...auditedSelection(selection), why: options.why },
          () => restore(dataSource, selection, context.by),
          same,
        );
        return number('Возвращено', 'Restored', count);
      }),
    );
  failures
    .command('note <id> <text>')
    .description(say('написать заметку', 'write a note'))
    .action(
      answer(async (context, id: string, text: string) => {
        const dataSource = await context.dataSource();
        const ids = [await oneId(dataSource, id)];
        const count = await context.audited(
          { action: 'failures.note', ...auditedSelection({ ids }) },
          () => annotate(dataSource, { ids }, context.by, text),
          same,
        );
        return number('Записано', 'Noted', count);
      }),
    );
}
