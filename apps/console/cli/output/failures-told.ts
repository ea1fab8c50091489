import { both } from '#contracts';
import type { FailureRow } from '../../ledger/entities/failures.js';
import type { Group, Listed } from '../../failures/desk/overview.js';
import type { Piece, Told } from './told.js';

export const groupsTold = (groups: readonly Group[]): Told => ({
  pieces: [
    {
      table: {
        columns: [
          both('Группа', 'Group'),
          both('Система', 'System'),
          both('Служба', 'Service'),
          both('Вид', 'Kind'),
          both('Студентов', 'Students'),
          both('Сообщений', 'Failures'),
          both('Повтор', 'Replaying'),
          both('Впервые', 'First seen'),
          both('Последний раз', 'Last seen'),
          both('Причина', 'Reason'),
        ],
        rows: groups.map((group) => [
          group.group,
          group.system,
          group.service,
          group.kind,
          group.students,
          group.failures,
          group.replaying,
          group.firstSeen,
          group.lastSeen,
          group.reason,
        ]),
        empty: both('Открытых неудач нет', 'No failure is open'),
      },
    },
    ...groups.flatMap(({ group, cure }): Piece[] =>
      cure ? [{ line: both(`${group}: ${cure.ru}`, `${group}: ${cure.en}`) }] : [],
    ),
  ],
  json: groups,
});

export const listTold = (all: readonly Listed[], total: number): Told => ({
  pieces: [
    {
      table: {
        columns: [
          both('Последний раз', 'Last seen'),
          both('Система', 'System'),
          both('Студент', 'Student'),
          both('Вид', 'Kind'),
          both('Состояние', 'State'),
          both('Попыток', 'Attempts'),
          both('Группа', 'Group'),
          both('Сообщение', 'Failure'),
          both('Причина', 'Reason'),
        ],
        rows: all.map((one) => [
          one.lastSeen,
          one.system,
          one.code,
          one.kind,
          one.state,
          one.attempts,
          one.group,
          one.id,
          one.reason,
        ]),
        empty: both('Таких нет', 'There are none'),
      },
    },
    ...(total > all.length
      ? [{ line: both(`Показано ${all.length} из ${total} (--limit)`, `Shown ${all.length} of ${total} (--limit)`) }]
      : []),
  ],
  json: { total, failures: all },
});

/** Where there are several: all of them have to be mended before the message goes through. */
const causesTold = (causes: FailureRow['causes']): Piece[] =>
  causes.length === 0
    ? []
    : [
        { heading: both(`Причин сразу: ${causes.length}`, `Causes at once: ${causes.length}`) },
        {
          table: {
            columns: [
              both('Группа', 'Group'),
              both('Вид', 'Kind'),
              both('Причина', 'Cause'),
              both('Почему', 'Reason'),
              both('Что делать', 'What to do'),
            ],
            rows: causes.map(({ group, kind, cause, about, reason, cure }) => [
              ...[group, kind, `${cause} ${about}`.trim()],
              ...[reason, cure],
            ]),
            empty: both('', ''),
          },
        },
      ];

export function failureTold(row: FailureRow, withBody: boolean): Told {
  const { body, headers, ...failure } = row;
  const lines: [string, string, unknown][] = [
    ['Студент', 'Student', row.code],
    ['Система', 'System', row.system],
    ['Служба', 'Service', row.service],
    ['Вид', 'Kind', row.kind],
    ['Причина', 'Cause', [row.cause, row.about].filter(Boolean).join(' ')],
    ['Состояние', 'State', row.closedBy ? `${row.state} (${row.closedBy})` : row.state],
    ['Событие', 'Event', row.eventType],
    ['Проход', 'Pass', row.revision],
    ['След', 'Trace', row.traceId],
    ['Группа', 'Group', row.fingerprint],
    ['Спрошено у 1С', 'Asked 1C', row.askedAt?.toLocaleString('sv-SE')],
  ];
  const text = body?.toString('utf8');
  const pieces: Piece[] = [
    { heading: both(row.id, row.id) },
    { line: row.reason },
    ...(row.cure ? [{ line: row.cure }] : []),
    {
      table: {
        columns: [both('', ''), both('', '')],
        rows: lines.flatMap(([ru, en, value]) =>
          value === null || value === undefined || value === '' ? [] : [[both(ru, en), String(value)]],
        ),
        empty: both('', ''),
      },
    },
    ...causesTold(row.causes),
    { heading: both('Попытки, новые сверху', 'Attempts, newest first') },
    {
      table: {
        columns: [both('Когда', 'When'), both('Вид', 'Kind'), both('Причина', 'Cause'), both('Почему', 'Reason')],
        rows: [...row.attempts]
          .reverse()
          .map(({ at, kind, cause, about, ru, en }) => [new Date(at), kind, `${cause} ${about}`.trim(), both(ru, en)]),
        empty: both('-', '-'),
      },
    },
    ...(row.notes.length === 0
      ? []
      : ([
          { heading: both('Заметки', 'Notes') },
          {
            table: {
              columns: [both('Когда', 'When'), both('Кто', 'Who'), both('Что', 'What')],
              rows: row.notes.map(({ at, by, text: words }) => [new Date(at), by, words]),
              empty: both('', ''),
            },
          },
        ] satisfies Piece[])),
    ...(withBody && text !== undefined ? [{ heading: both('Сообщение', 'Message') }, { line: both(text, text) }] : []),
  ];
  return { pieces, json: { ...failure, ...(withBody && { headers, body: text }) } };
}
