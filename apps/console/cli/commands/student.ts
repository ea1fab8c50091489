import { both, type Bilingual } from '#contracts';
import { waysOf } from '#platform';
import type { JournalRow } from '../../ledger/entities/journal.js';
import { standingTroubles } from '../../overview/status.js';
import { storiesOf, type Story } from '../../overview/student.js';
import { exitCodes } from '../exit-codes.js';
import { positive } from '../filter-options.js';
import type { Shell } from '../program.js';
import { CommandError, type Piece } from '../output/told.js';

type Ways = ReturnType<typeof waysOf>;

const short = (type: string): string => type.replace(/^itk\./, '').replace(/\.v\d+$/, '');

/** What an event says, in a few words. */
function gist({ type, data: given }: Pick<JournalRow, 'type' | 'data'>, inFile: boolean): string | Bilingual {
  const data = given as Record<string, unknown>;
  const counts = data.counts as Record<string, number | boolean> | undefined;
  switch (short(type)) {
    case 'student.changed': {
      const study = data.study as { group?: string; semester?: number; curriculum?: string } | undefined;
      const courses = (data.courses as { id?: number; idnumber?: string }[] | undefined) ?? [];
      return `${String(data.state)} ${study?.group ?? ''} ${courses.map(({ id, idnumber }) => id ?? idnumber).join(',')}`.trim();
    }
    case 'user.provisioned':
      // Its number is our own there.
      if (inFile)
        return both(`в файле${data.accountCreated ? ' +' : ''}`, `in the file${data.accountCreated ? ' +' : ''}`);
      return `Moodle ${String(data.moodleUserId ?? '-')}${data.accountCreated ? ' +' : ''}`;
    case 'student.synchronized':
      return counts ? `+${counts.enrolled} ~${counts.updated} -${counts.suspended} =${counts.unchanged}` : '';
    case 'synchronization.failed':
      return data.reason as Bilingual;
    case 'student.reported':
      return `${String(data.told)}${data.validUntil ? ` ${new Date(Number(data.validUntil) * 1000).toLocaleString('sv-SE')}` : ''}`;
    default:
      return '';
  }
}

function piecesOf({ system, known, told, events, failures, gaps }: Story, { fedBy, writtenBy }: Ways): Piece[] {
  const group = known?.studyGroup ? ` · ${known.studyGroup}` : '';
  const word = told
    ? `${told.told}, revision ${told.revision}${told.validUntil ? `, ${new Date(told.validUntil * 1000).toLocaleString('sv-SE')}` : ''}`
    : '-';
  return [
    { heading: both(`${system}${group}`, `${system}${group}`) },
    ...(fedBy.includes('onec') || told ? [{ line: both(`1С сказано: ${word}`, `1C was told: ${word}`) }] : []),
    {
      table: {
        columns: [
          both('Когда', 'When'),
          both('Проход', 'Pass'),
          both('Событие', 'Event'),
          both('Служба', 'Service'),
          both('Что', 'What'),
        ],
        rows: events.map((row) => [
          row.at,
          String(row.revision ?? '-'),
          short(row.type),
          row.source,
          gist(row, writtenBy === 'file'),
        ]),
        empty: both('В журнале событий нет', 'The journal holds no events'),
      },
    },
    ...(gaps.length === 0
      ? []
      : [
          {
            line: both(
              `В журнале системы есть пробелы: ${gaps.length}, событий потеряно ${gaps.reduce((sum, { missing }) => sum + missing, 0)}`,
              `The journal of the system has gaps: ${gaps.length}, events lost ${gaps.reduce((sum, { missing }) => sum + missing, 0)}`,
            ),
          },
        ]),
    ...(failures.length === 0
      ? []
      : ([
          {
            table: {
              columns: [
                both('Последний раз', 'Last seen'),
                both('Состояние', 'State'),
                both('Вид', 'Kind'),
                both('Попыток', 'Attempts'),
                both('Сообщение', 'Failure'),
                both('Причина', 'Reason'),
              ],
              rows: failures.map((one) => [
                one.lastSeen,
                one.closedBy ? `${one.state} (${one.closedBy})` : one.state,
                one.kind,
                one.attempts.length,
                one.id,
                one.reason,
              ]),
              empty: both('', ''),
            },
          },
        ] satisfies Piece[])),
  ];
}

export function addStudent({ program, say, answer }: Shell): void {
  program
    .command('student <code>')
    .description(
      say(
        'вся история студента: события, исходы, неудачи, что сказано 1С',
        "a student's whole story: events, outcomes, failures, what 1C was told",
      ),
    )
    .option('--system <id>', say('только этой системы', 'of this system only'))
    .option('--limit <number>', say('последних событий', 'newest events'), positive, 50)
    .action(
      answer(async (context, code: string, { system, limit }: { system?: string; limit: number }) => {
        const dataSource = await context.dataSource();
        const chosen = context.chosen(system);
        const ids = chosen.map(({ id }) => id);
        const stories = await storiesOf(dataSource, code, ids, limit);
        const troubles = (await standingTroubles(dataSource, ids)).filter(({ about }) => about === code);
        if (stories.length + troubles.length === 0)
          throw new CommandError(
            both(
              `О студенте ${code} ничего не известно: его ещё не передавали, или журнал уже забыт`,
              `Nothing is known of student ${code}: nobody has told of them yet, or the journal is forgotten`,
            ),
            exitCodes.notFound,
          );
        const found = troubles.map(({ service, what, mend }): Piece => ({
          line: both(`${service}: ${what.ru}. ${mend.ru}`, `${service}: ${what.en}. ${mend.en}`),
        }));
        return {
          pieces: [
            ...found,
            ...stories.flatMap((story) => piecesOf(story, waysOf(chosen.find(({ id }) => id === story.system)!))),
          ],
          json: stories,
        };
      }),
    );
}
