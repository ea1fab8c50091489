import { both } from '#contracts';
import { isOnDuty, statusOf, type SystemStatus } from '../../overview/status.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import type { Cell, Piece } from '../told.js';

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
        const systems = await statusOf(
          dataSource,
          context.systems().map(({ id }) => id),
        );
        const onDuty = await isOnDuty(dataSource);
        const waits = !onDuty || systems.some(({ pauses, open }) => pauses.length > 0 || sum(open) > 0);
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
        return { pieces, json: { onDuty, systems }, code: check && waits ? exitCodes.notAll : exitCodes.done };
      }),
    );
}
