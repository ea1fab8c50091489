import { setTimeout as rest } from 'node:timers/promises';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { auditedSelection } from '../../../failures/api/audited.js';
import { isOnDuty } from '../../../overview/status.js';
import { Replays, type Ordered, type Progress } from '../../../replay/replays.js';
import type { Context } from '../../context.js';
import { exitCodes, type ExitCode } from '../../exit-codes.js';
import { chosenFor, positive, withFilters, type FilterOptions } from '../../filter-options.js';
import type { Shell } from '../../program.js';
import { CommandError, type Cell, type Piece, type Told } from '../../output/told.js';

interface ReplayOptions extends FilterOptions {
  limit?: number;
  batch?: number;
  rate?: number;
  tryFirst?: boolean;
  detach?: boolean;
  wait: number;
  why?: string;
}

const columns = [
  both('Повтор', 'Replay'),
  both('Начат', 'Begun'),
  both('Кем', 'By'),
  both('Состояние', 'State'),
  both('Ждёт', 'Waiting'),
  both('Исход неизвестен', 'Not known yet'),
  both('Удалось', 'Succeeded'),
  both('Снова не удалось', 'Failed again'),
  both('Устарело', 'Superseded'),
  both('Не отправлено', 'Kept back'),
  both('Почему', 'Why'),
];
const stateWords = {
  running: both('идёт', 'running'),
  stopped: both('остановлен', 'stopped'),
  done: both('отправлен', 'sent'),
};
const rowOf = ({ id, createdAt, by, state, items, remark }: Progress): Cell[] => [
  id.slice(0, 8),
  createdAt,
  by,
  stateWords[state],
  items.waiting + items.sending,
  items.sent,
  items.succeeded,
  items.failed,
  items.superseded,
  items.stopped,
  remark,
];
const tableOf = (all: readonly Progress[]): Piece => ({
  table: { columns, rows: all.map(rowOf), empty: both('Повторов не было', 'There were no replays') },
});

export function addReplays(failures: Command, { language, say, answer, withWhy }: Shell): void {
  withWhy(withFilters(failures.command('replay [id...]'), language))
    .description(
      say(
        'повторить: то же сообщение снова в ту очередь, где оно не удалось (причина исправлена в Moodle)',
        'replay: the same message again into the queue it died in (the cause is mended in Moodle)',
      ),
    )
    .option('--all', say('все открытые', 'all that are open'))
    .option('--limit <number>', say('не больше, старые первыми', 'at most, the oldest first'), positive)
    .option('--batch <number>', say('сообщений за раз', 'messages at a time'), positive, 200)
    .option('--rate <number>', say('не больше в секунду', 'at most a second'), positive)
    .option(
      '--try-first',
      say('сначала одно; остальные, когда оно удастся', 'one first; the others once it is through'),
    )
    .option('--detach', say('не ждать', 'do not wait'))
    .option('--wait <seconds>', say('ждать исходов не дольше', 'wait for outcomes no longer than'), positive, 60)
    .action(
      answer(async (context, ids: string[], options: ReplayOptions): Promise<Told> => {
        const dataSource = await context.dataSource();
        const selection = await chosenFor(dataSource, ids, options);
        const replays = new Replays(dataSource);
        const ordered = await context.audited(
          { action: 'replay.start', ...auditedSelection(selection), why: options.why },
          () =>
            replays.order({
              selection,
              by: context.by,
              ...(options.limit !== undefined && { limit: Math.floor(options.limit) }),
              ...(options.batch !== undefined && { batchSize: options.batch }),
              ...(options.rate !== undefined && { rate: options.rate }),
              tryFirst: options.tryFirst === true,
            }),
          ({ taken }) => taken,
        );
        const followed = await followReplay(context, ordered.id, options.detach ? undefined : options.wait);
        return told(ordered, followed);
      }),
    );
  failures
    .command('replays')
    .description(say('последние повторы и их исход', 'the latest replays and their outcome'))
    .option('--limit <number>', say('не больше', 'at most'), positive, 20)
    .action(
      answer(async (context, { limit }: { limit: number }): Promise<Told> => {
        const all = await new Replays(await context.dataSource()).list(Math.floor(limit));
        return { pieces: [tableOf(all)], json: all };
      }),
    );
  withWhy(failures.command('stop <replay>'))
    .description(
      say('остановить повтор: неотправленное остаётся открытым', 'stop a replay: what is not sent stays open'),
    )
    .action(
      answer(async (context, id: string, { why }: { why?: string }): Promise<Told> => {
        const replays = new Replays(await context.dataSource());
        const found = await replays.list(2, id);
        if (found.length !== 1)
          throw new CommandError(
            found.length === 0
              ? both(`Нет повтора ${id}`, `There is no replay ${id}`)
              : both(`Так начинаются несколько: ${id}`, `Several begin so: ${id}`),
            found.length === 0 ? exitCodes.notFound : exitCodes.usage,
          );
        await context.audited({ action: 'replay.stop', about: found[0]!.id, why }, () =>
          replays.stop(found[0]!.id, both(`Остановил ${context.by}`, `Stopped by ${context.by}`)),
        );
        const after = await replays.list(1, found[0]!.id);
        return { pieces: [tableOf(after)], json: after[0] };
      }),
    );
}

/** Until every outcome is known, or for so long after all is sent. */
async function watch(context: Context, dataSource: DataSource, id: string, patience: number): Promise<void> {
  const replays = new Replays(dataSource);
  let until = Infinity;
  let before = '';
  for (;;) {
    const [job] = await replays.list(1, id);
    const { state, items } = job!;
    const line = `${items.waiting + items.sending} / ${items.sent} / ${items.succeeded} / ${items.failed}`;
    if (line !== before) context.progress(`${line}\n`);
    before = line;
    if (state !== 'running') until = Math.min(until, Date.now() + patience);
    if (state !== 'running' && (items.sent + items.sending === 0 || Date.now() >= until)) return;
    await rest(500);
  }
}

interface Followed {
  progress: Progress;
  pieces: Piece[];
  code: ExitCode;
}

/** How far a replay has come: waited for, `patience` seconds at most, where a console works it off. */
export async function followReplay(context: Context, id: string, patience: number | undefined): Promise<Followed> {
  const dataSource = await context.dataSource();
  const onDuty = await isOnDuty(dataSource);
  if (patience !== undefined && onDuty) await watch(context, dataSource, id, patience * 1_000);
  const [found] = await new Replays(dataSource).list(1, id);
  const progress = found!;
  const waits = !onDuty && progress.state === 'running';
  const failed = progress.items.failed > 0 || progress.state === 'stopped';
  return {
    progress,
    pieces: [
      tableOf([progress]),
      ...(waits
        ? [
            {
              line: both(
                'Консоль не запущена: повтор записан и начнётся, когда она запустится',
                'No console is running: the replay is written down and begins when one does',
              ),
            },
          ]
        : []),
    ],
    code: waits ? exitCodes.away : failed ? exitCodes.notAll : exitCodes.done,
  };
}

function told(ordered: Ordered, { progress, pieces: [table, ...more], code }: Followed): Told {
  const pieces: Piece[] = [table!];
  const { underWay, withoutMessage } = ordered;
  if (underWay > 0)
    pieces.push({
      line: both(`Уже повторяются другим заданием: ${underWay}`, `Already being replayed by another job: ${underWay}`),
    });
  if (withoutMessage > 0)
    pieces.push({
      line: both(
        `Без сообщения (ошибку нашла сама 1С): ${withoutMessage}; их только спрашивать снова: itk failures ask`,
        `Without a message (1C itself found the fault): ${withoutMessage}; they can only be asked again: itk failures ask`,
      ),
    });
  return { pieces: [...pieces, ...more], json: { ...ordered, progress }, code };
}
