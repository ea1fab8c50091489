import { both } from '#contracts';
import type { Trouble } from '#persistence';
import { isOnDuty, standingTroubles, statusOf, type SystemStatus } from '../../overview/status.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import type { Cell, Piece } from '../output/told.js';

const sum = (numbers: Record<string, number>): number => Object.values(numbers).reduce((a, b) => a + b, 0);

const rowOf = ({ system, students, open, replaying, pauses, lastReported, missing }: SystemStatus): Cell[] => [
  system,
  students.known,
  students.synchronized,
  students.failed,
  sum(open),
  replaying,
  pauses.length,
  missing,
  lastReported,
];

const pauseRows = (all: readonly SystemStatus[]): Cell[][] =>
  all.flatMap(({ pauses }) =>
    pauses.map(({ system, service, kind, since, by, reason, cure }) => [
      system,
      service,
      kind,
      since,
      by,
      cure ? both(`${reason.ru}. ${cure.ru}`, `${reason.en}. ${cure.en}`) : reason,
    ]),
  );

/** Troubles shown one by one; of more only the number. */
const atMost = 20;

function troublePieces(troubles: readonly Trouble[]): Piece[] {
  if (troubles.length === 0) return [];
  return [
    { heading: both('Найдено службами', 'Found by the services') },
    {
      table: {
        columns: [
          both('Система', 'System'),
          both('Служба', 'Service'),
          both('С', 'Since'),
          both('О чём', 'About'),
          both('Что и что делать', 'What, and what to do'),
        ],
        rows: troubles
          .slice(0, atMost)
          .map(({ system, service, since, about, what, mend }): Cell[] => [
            system === '' ? both('все', 'all') : system,
            service,
            since,
            about,
            both(`${what.ru}. ${mend.ru}`, `${what.en}. ${mend.en}`),
          ]),
        empty: both('', ''),
      },
    },
    ...(troubles.length > atMost
      ? [{ line: both(`… и ещё ${troubles.length - atMost}`, `… and ${troubles.length - atMost} more`) }]
      : []),
  ];
}

export function addStatus({ program, say, answer }: Shell): void {
  program
    .command('status')
    .description(
      say('что работает, что остановлено и что ждёт человека', 'what works, what is paused, what waits for a person'),
    )
    .option('--check', say('код 1, если что-то ждёт человека', 'exit code 1 when something waits for a person'))
    .action(
      answer(async (context, { check }: { check?: boolean }) => {
        const dataSource = await context.dataSource();
        const ids = context.systems().map(({ id }) => id);
        const systems = await statusOf(dataSource, ids);
        const troubles = await standingTroubles(dataSource, ids);
        const onDuty = await isOnDuty(dataSource);
        const waits =
          !onDuty || troubles.length > 0 || systems.some(({ pauses, open }) => pauses.length > 0 || sum(open) > 0);
        const byKind = systems.flatMap(({ system, open }) =>
          Object.entries(open).map(([kind, number]): Cell[] => [system, kind, number]),
        );
        const pieces: Piece[] = [
          {
            table: {
              columns: [
                both('Система', 'System'),
                both('Студентов', 'Students'),
                both('Готово', 'Done'),
                both('Не удалось', 'Failed'),
                both('Открыто', 'Open'),
                both('Повтор', 'Replaying'),
                both('Пауз', 'Pauses'),
                both('Пробелы', 'Gaps'),
                both('1С извещена', '1C last told'),
              ],
              rows: systems.map(rowOf),
              empty: both('Систем нет', 'No systems'),
            },
          },
          ...(byKind.length === 0
            ? []
            : ([
                { heading: both('Ждут человека (itk failures groups)', 'Waiting for a person (itk failures groups)') },
                {
                  table: {
                    columns: [both('Система', 'System'), both('Вид', 'Kind'), both('Сообщений', 'Failures')],
                    rows: byKind,
                    empty: both('', ''),
                  },
                },
              ] satisfies Piece[])),
          ...(pauseRows(systems).length === 0
            ? []
            : ([
                { heading: both('Остановлено', 'Paused') },
                {
                  table: {
                    columns: [
                      both('Система', 'System'),
                      both('Служба', 'Service'),
                      both('Вид', 'Kind'),
                      both('С', 'Since'),
                      both('Кем', 'By'),
                      both('Почему и что делать', 'Why, and what to do'),
                    ],
                    rows: pauseRows(systems),
                    empty: both('', ''),
                  },
                },
              ] satisfies Piece[])),
          ...troublePieces(troubles),
          ...(onDuty
            ? []
            : [
                {
                  line: both(
                    '\nКонсоль не запущена: недоставленные сообщения не разбираются, повторы ждут (служба console)',
                    '\nNo console is running: dead letters are not drained and replays wait (the service console)',
                  ),
                },
              ]),
        ];
        return {
          pieces,
          json: { onDuty, systems, troubles },
          code: check && waits ? exitCodes.notAll : exitCodes.done,
        };
      }),
    );
}
