import type { Command } from 'commander';
import { both, type Bilingual } from '#contracts';
import { askFor } from '#persistence';
import type { Context } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import { CommandError, type Cell, type Told } from '../output/told.js';

/** As course-enroller answers `list-removals`. */
interface Listed {
  waiting: number;
  held: { courseId: number; codes: string[]; since: number; why: 'limit' | 'emptied'; released: boolean }[];
}

interface Options {
  course?: string[];
  student?: string[];
  why?: string;
}

const why: Record<Listed['held'][number]['why'], Bilingual> = {
  limit: both('сверх часового предела', 'beyond the hourly limit'),
  emptied: both('курсы разом стали не нужны никому', 'nobody wants any course, all at once'),
};
const onItsWay = both('отпущено, выполняется', 'released, on its way');

function selectionOf({ course, student, why: reason }: Options) {
  const courses = course?.map((text) => {
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new CommandError(both(`Номер курса, а не «${text}»`, `The id of a course, not "${text}"`));
  });
  return { ...(courses && { courses }), ...(student && { codes: student }), ...(reason && { why: reason }) };
}

async function ask(context: Context, id: string, what: string, options: Options): Promise<unknown> {
  const { id: system } = context.system(id);
  const end = await askFor(
    await context.dataSource(),
    { service: 'course-enroller', system, what, by: context.by, payload: selectionOf(options) },
    { begin: 10_000, end: 60_000 },
  );
  if (end.state === 'failed') throw new CommandError(end.failure, exitCodes.away);
  if (end.state === 'done') return end.result;
  throw new CommandError(
    end.state === 'waiting'
      ? both(
          'Служба course-enroller не запущена: ничего не сделано',
          'The service course-enroller is not running: nothing was done',
        )
      : both('Ещё идёт; служба доведёт до конца', 'Still under way; the service goes on to the end'),
    exitCodes.away,
  );
}

async function decide(context: Context, id: string, decision: string, options: Options): Promise<unknown> {
  const { id: system } = context.system(id);
  const fields = Object.keys(selectionOf(options));
  return context.audited(
    { action: `removals.${decision}`, system, why: options.why, fields },
    () => ask(context, id, `${decision}-removals`, options),
    (result) => (result as { number: number }).number,
  );
}

const listTold = (listed: Listed): Told => ({
  pieces: [
    { line: both(`Ждут решения: ${listed.waiting}`, `Waiting for a decision: ${listed.waiting}`) },
    {
      table: {
        columns: [
          both('Курс', 'Course'),
          both('Студент', 'Student'),
          both('С', 'Since'),
          both('Почему задержано', 'Why held'),
        ],
        rows: listed.held.map(({ courseId, codes, since, released, ...each }): Cell[] => [
          courseId,
          codes.join(', '),
          new Date(since),
          released ? onItsWay : why[each.why],
        ]),
        empty: both('Ничего не задержано', 'Nothing is held'),
      },
    },
  ],
  json: listed,
});

const decisionTold = (result: unknown, ru: string, en: string): Told => {
  const { number } = result as { number: number };
  return { pieces: [{ line: both(`${ru}: ${number}`, `${en}: ${number}`) }], json: result };
};

export function addRemovals({ program, say, answer, withWhy }: Shell): void {
  const removals = program
    .command('removals')
    .description(say('задержанные приостановки записей на курсы', 'suspensions of enrolments that are held back'));
  const add = (name: string, ru: string, en: string): Command =>
    removals
      .command(`${name} <system>`)
      .description(say(ru, en))
      .option('--course <id...>', say('только эти курсы Moodle', 'only these courses of Moodle'))
      .option('--student <code...>', say('только эти студенты', 'only these students'));
  const decision = (name: string, ru: string, en: string): Command => withWhy(add(name, ru, en));

  add('list', 'что задержано и почему', 'what is held, and why').action(
    answer(async (context, id: string, options: Options) =>
      listTold((await ask(context, id, 'list-removals', options)) as Listed),
    ),
  );
  decision(
    'release',
    'приостановить задержанное, если оно и сейчас никому не нужно (делает служба course-enroller)',
    'suspend what is held, where nobody wants it even now (the service course-enroller does it)',
  ).action(
    answer(async (context, id: string, options: Options) =>
      decisionTold(
        await decide(context, id, 'release', options),
        'Отпущено; студенты с ними в очереди',
        'Released; their students are in the queue',
      ),
    ),
  );
  decision(
    'discard',
    'забыть задержанное: записи остаются как есть',
    'forget what is held: the enrolments stay as they are',
  ).action(
    answer(async (context, id: string, options: Options) =>
      decisionTold(await decide(context, id, 'discard', options), 'Забыто', 'Forgotten'),
    ),
  );
}
