import { InvalidArgumentError, type Command } from 'commander';
import { both } from '#contracts';
import type { Issue } from '#http-api';
import { applyEdits, type Change, type Edit } from '../../../failures/edit/apply.js';
import { editableOf, EditRefused, sendEdited } from '../../../failures/edit/edits.js';
import type { Field, Value } from '../../../failures/edit/fields.js';
import { rolesToSet } from '../../../failures/edit/roles.js';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import { oneId, positive } from '../../filter-options.js';
import { CommandError, type Piece, type Told } from '../../output/told.js';
import type { Shell } from '../../program.js';
import { followReplay } from './replays.js';

interface Options {
  set?: Given[];
  dryRun?: boolean;
  detach?: boolean;
  wait: number;
  why?: string;
}

/** As it was typed: `person.lastname=Ёлкина`. */
interface Given {
  path: string;
  text: string;
}

const given = (text: string, before: Given[] = []): Given[] => {
  const place = text.indexOf('=');
  if (place < 1) throw new InvalidArgumentError('person.lastname=…, courses.0.id=17');
  return [...before, { path: text.slice(0, place), text: text.slice(place + 1) }];
};

export function addEdit(failures: Command, { say, answer, withWhy }: Shell): void {
  withWhy(failures.command('edit <id>'))
    .description(
      say(
        'исправить сообщение и повторить; без --set — что в нём можно исправить (персональные данные)',
        'edit the message and replay it; without --set: what of it may be edited (personal data)',
      ),
    )
    .option(
      '--set <path=value>',
      say(
        'поле и новое значение, сколько угодно раз; пусто — убрать; дата как 2026-09-01T09:00+03:00',
        'a field and its new value, any number of times; empty: take it out; a moment as 2026-09-01T09:00+03:00',
      ),
      given,
    )
    .option('--dry-run', say('только проверить', 'only check it'))
    .option('--detach', say('не ждать', 'do not wait'))
    .option('--wait <seconds>', say('ждать исхода не дольше', 'wait for the outcome no longer than'), positive, 60)
    .action(
      answer(async (context, short: string, options: Options): Promise<Told> => {
        const id = await oneId(await context.dataSource(), short);
        return orRefused(() => edit(context, id, options));
      }),
    );
}

async function edit(context: Context, id: string, { set, dryRun, detach, wait, why }: Options): Promise<Told> {
  const dataSource = await context.dataSource();
  const rolesOf = rolesToSet(context.systems());
  const editable = await editableOf(dataSource.manager, id, rolesOf);
  if (set === undefined) return formTold(editable.fields);
  const edits = set.map(({ path, text }) => ({ path, value: valueOf(editable.fields, path, text) }));
  if (dryRun) {
    const { changes, issues } = applyEdits(editable, edits, Date.now());
    return {
      pieces: [changesTold(changes), ...issuesTold(issues)],
      json: { changes, issues },
      code: issues.length > 0 ? exitCodes.notAll : exitCodes.done,
    };
  }
  if (!why?.trim())
    throw new CommandError(
      both('Скажите, зачем: --why "…"; это остаётся в аудите', 'Say why: --why "…"; it stays in the audit'),
    );
  const { changes, ...sent } = await send(context, id, edits, why);
  const replay = await followReplay(context, sent.replay, detach ? undefined : wait);
  return {
    pieces: [
      changesTold(changes),
      {
        line: both(
          `Пойдёт новое сообщение, редакция ${sent.revision}; следующая передача из 1С его заменит`,
          `A new message goes, revision ${sent.revision}; 1C's next offer overwrites it`,
        ),
      },
      ...replay.pieces,
    ],
    json: { ...sent, changes, progress: replay.progress },
    code: replay.code,
  };
}

async function send(context: Context, id: string, edits: Edit[], why: string) {
  const dataSource = await context.dataSource();
  const [row] = (await dataSource.query('select system from console.failures where id = $1', [id])) as {
    system: string;
  }[];
  return context.audited(
    { action: 'failures.edit', system: row!.system, about: id, why, fields: edits.map(({ path }) => path) },
    () => sendEdited(dataSource, { id, edits, by: context.by, rolesOf: rolesToSet(context.systems()) }),
    () => 1,
  );
}

/** What cannot be read goes as it is: the check says what is wrong. @throws CommandError where there is no such field */
function valueOf(fields: readonly Field[], path: string, text: string): Value {
  const field = fields.find((each) => each.path === path);
  if (!field) {
    const list = fields.map((each) => each.path).join(', ');
    throw new CommandError(
      both(`«${path}» править нельзя; можно: ${list}`, `"${path}" may not be edited; these may: ${list}`),
    );
  }
  if (text === '') return null;
  if (field.type === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (field.type !== 'moment') return text;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? text : Math.floor(moment / 1_000);
}

async function orRefused(work: () => Promise<Told>): Promise<Told> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    const { reason, issues = [] } = error;
    const list = (language: 'ru' | 'en') =>
      [reason[language], ...issues.map(({ path, message }) => `  ${path}: ${message[language]}`)].join('\n');
    throw new CommandError(both(list('ru'), list('en')), exitCodes.notAll);
  }
}

const shown = (type: Field['type'], value: Value): string | number | Date | null =>
  type === 'moment' && typeof value === 'number' ? new Date(value * 1_000) : value;

const formTold = (fields: readonly Field[]): Told => ({
  pieces: [
    {
      table: {
        columns: [both('Поле', 'Field'), both('Сейчас', 'Now'), both('Можно', 'Choices')],
        rows: fields.map(({ path, type, value, choices }) => [path, shown(type, value), choices?.join(', ')]),
        empty: both('Править нечего', 'There is nothing to edit'),
      },
    },
  ],
  json: fields,
});

const changesTold = (changes: readonly Change[]): Piece => ({
  table: {
    columns: [both('Поле', 'Field'), both('Сейчас', 'Now'), both('Станет', 'Becomes')],
    rows: changes.map(({ path, before, after }) => {
      const type = /\.(begin|end)$/.test(path) ? 'moment' : 'text';
      return [path, shown(type, before), shown(type, after)];
    }),
    empty: both('Ничего не изменено', 'Nothing is changed'),
  },
});

const issuesTold = (issues: readonly Issue[]): Piece[] =>
  issues.map(({ path, message }) => ({ line: both(`${path}: ${message.ru}`, `${path}: ${message.en}`) }));
