import { both, type Bilingual } from '#contracts';
import type {
  ChangeState,
  FileChange,
  FileCounts,
  FileProblem,
  ListedFile,
  ShownFile,
  Tried,
} from '../../../ims/files.js';
import { exitCodes } from '../../exit-codes.js';
import type { Cell, Piece, Told } from '../../output/told.js';

const states: Record<ListedFile['state'], Bilingual> = {
  claimed: both('читается', 'being read'),
  held: both('ждёт решения', 'waits for a decision'),
  applied: both('применён', 'applied'),
  rejected: both('отвергнут', 'rejected'),
  discarded: both('отброшен', 'discarded'),
};
const changes: Record<FileChange['change'], Bilingual> = {
  created: both('новый', 'new'),
  changed: both('изменён', 'changed'),
  removed: both('выбыл', 'removed'),
  again: both('снова', 'again'),
};
const ends: Record<ChangeState, Bilingual> = {
  waiting: both('ждёт очереди', 'waits for a place'),
  underWay: both('в пути', 'under way'),
  done: both('готово', 'done'),
  failed: both('не удалось', 'failed'),
};

const line = (ru: string, en: string): Piece => ({ line: both(ru, en) });

const countLines = (counts: FileCounts): Piece[] => [
  line(
    `В файле: людей ${counts.persons}, курсов ${counts.groups}, ролей ${counts.memberships}, негодных записей ${counts.problems}`,
    `In the file: persons ${counts.persons}, courses ${counts.groups}, roles ${counts.memberships}, unusable records ${counts.problems}`,
  ),
  line(
    `Люди: новых ${counts.created}, изменённых ${counts.changed}, выбывших ${counts.removed}, снова после неудачи ${counts.again}`,
    `Persons: new ${counts.created}, changed ${counts.changed}, removed ${counts.removed}, again after a failure ${counts.again}`,
  ),
  line(
    `Курсов впервые: ${counts.coursesNew}. Роли: новых ${counts.membershipsNew}, снятых ${counts.membershipsRemoved}`,
    `Courses for the first time: ${counts.coursesNew}. Roles: new ${counts.membershipsNew}, removed ${counts.membershipsRemoved}`,
  ),
];

const problemTable = (problems: readonly FileProblem[]): Piece => ({
  table: {
    columns: [
      both('Строка', 'Line'),
      both('Элемент', 'Element'),
      both('Код', 'Code'),
      both('Причина', 'Cause'),
      both('Что не так', 'What is wrong'),
    ],
    rows: problems.map(({ line: place, element, code, cause, reason }): Cell[] => [
      place,
      element,
      code,
      cause,
      reason,
    ]),
    empty: both('Негодных записей нет', 'No record is unusable'),
  },
});

const changeTable = (rows: readonly { code: string; change: FileChange['change'] }[], more: boolean): Piece => ({
  table: {
    columns: [
      both('Код', 'Code'),
      both('Что меняется', 'What changes'),
      ...(more ? [both('Чем кончилось', 'How it ended'), both('Почему', 'Why')] : []),
    ],
    rows: rows.map((row): Cell[] => {
      const { state, reason } = row as Partial<FileChange>;
      return [row.code, changes[row.change], ...(more ? [state && ends[state], reason] : [])];
    }),
    empty: both('Никто не меняется', 'Nobody changes'),
  },
});

const outcomesOf = ({ outcomes }: ListedFile): Bilingual => {
  const known = Object.entries(outcomes) as [ChangeState, number][];
  const list = (language: keyof Bilingual): string =>
    known.map(([state, number]) => `${ends[state][language]} ${number}`).join(', ');
  return both(list('ru'), list('en'));
};

export const filesTold = (files: readonly ListedFile[]): Told => ({
  pieces: [
    {
      table: {
        columns: [
          both('Номер', 'Number'),
          both('Файл', 'File'),
          both('Взят', 'Taken'),
          both('Состояние', 'State'),
          both('Людей', 'Persons'),
          both('Негодных', 'Unusable'),
          both('Исходы', 'Outcomes'),
        ],
        rows: files.map((file): Cell[] => [
          ...[file.id, file.name, new Date(file.claimedAt), states[file.state]],
          ...[file.counts?.persons ?? '', file.counts?.problems ?? '', file.damage ?? outcomesOf(file)],
        ]),
        empty: both('Файлов ещё не было', 'There has been no file yet'),
      },
    },
  ],
  json: { files },
});

const head = (file: ListedFile): Piece[] => [
  line(
    `Файл ${file.id}: ${file.name}, ${states[file.state].ru}`,
    `File ${file.id}: ${file.name}, ${states[file.state].en}`,
  ),
  ...(file.damage ? [{ line: file.damage }] : []),
  ...(file.counts ? countLines(file.counts) : []),
  ...(file.filedAs ? [line(`Лежит: ${file.filedAs}`, `Lies at: ${file.filedAs}`)] : []),
];

export const fileTold = (file: ShownFile): Told => ({
  pieces: [...head(file), problemTable(file.problems), changeTable(file.changes, true)],
  json: file,
});

export function importTold(file: ListedFile | undefined): Told {
  if (!file)
    return {
      pieces: [line('Файл в папке, но ещё не прочитан', 'The file is in the folder, but not read yet')],
      json: null,
      code: exitCodes.away,
    };
  const whole = file.state === 'applied' && file.counts?.problems === 0;
  return { pieces: head(file), json: file, ...(!whole && { code: exitCodes.notAll }) };
}

export function triedTold(tried: Tried): Told {
  if ('damage' in tried) return { pieces: [{ line: tried.damage }], json: tried, code: exitCodes.notAll };
  const held = line(
    'Файл был бы задержан: он убирает слишком многих (ims.removalShare)',
    'The file would be held: it removes too many (ims.removalShare)',
  );
  return {
    pieces: [
      line('Проба: ничего не записано', 'A try: nothing is written'),
      ...countLines(tried.counts),
      ...(tried.held ? [held] : []),
      problemTable(tried.problems),
      changeTable(tried.changes, false),
    ],
    json: tried,
    ...((tried.held || tried.problems.length > 0) && { code: exitCodes.notAll }),
  };
}
