import { DateTime } from 'luxon';
import { both, type Bilingual } from '#contracts';
import { changes, type ChangeKind } from '../rules/tell.js';
import { linesOf, type Line, type Manner, type Notice } from './notice.js';

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** Lines of each part; of more only the number. */
const atMost = 50;

const headings: Record<ChangeKind, Bilingual> = {
  new: both('Ждёт человека', 'Waits for a person'),
  grown: both('Стало в десять раз больше', 'Ten times as many'),
  ended: both('Снова в порядке', 'Well again'),
};
const words = {
  test: both('Проверка: уведомления приходят', 'A test: notices arrive'),
  well: both('Больше ничего не ждёт человека.', 'Nothing else waits for a person.'),
  more: both('и ещё', 'and more:'),
  since: both('с', 'since'),
  all: both('Всё, что стоит сейчас', 'Everything that stands now'),
};

/** In words, for mail. `zone`: times are written in it. */
export function letterOf(notice: Notice, manner: Manner & { zone: string }): Letter {
  const { language, pages, zone } = manner;
  const say = (word: Bilingual): string => word[language];
  const lines = linesOf(notice, manner);
  const parts = changes.flatMap((change) => {
    const all = lines.filter((line) => line.change === change);
    return all.length === 0 ? [] : [{ heading: say(headings[change]), all }];
  });
  const time = (since: string): string => DateTime.fromISO(since, { zone }).toFormat('dd.MM.yyyy HH:mm');
  const named = ({ system, text }: Line): string => (system === '' ? text : `${system}: ${text}`);
  const opening = notice.test ? [say(words.test)] : [];
  const closing = [
    ...(!notice.test && notice.standing === 0 ? [say(words.well)] : []),
    `${say(words.all)} (${notice.standing}): ${pages}/notices`,
  ];
  const text = [
    ...opening,
    ...parts.map(({ heading, all }) =>
      [
        `${heading}: ${all.length}`,
        ...all
          .slice(0, atMost)
          .map((line) => `- ${named(line)}\n  ${say(words.since)} ${time(line.since)}  ${line.link}`),
        ...(all.length > atMost ? [`… ${say(words.more)} ${all.length - atMost}`] : []),
      ].join('\n'),
    ),
    ...closing,
  ].join('\n\n');
  const html = [
    `<!doctype html><html lang="${language}"><body style="font-family:sans-serif">`,
    ...opening.map((line) => `<p>${escaped(line)}</p>`),
    ...parts.map(({ heading, all }) =>
      [
        `<h3>${escaped(heading)}: ${all.length}</h3><ul>`,
        ...all
          .slice(0, atMost)
          .map(
            (line) =>
              `<li><a href="${escaped(line.link)}">${escaped(named(line))}</a><br>${say(words.since)} ${time(line.since)}</li>`,
          ),
        '</ul>',
        ...(all.length > atMost ? [`<p>… ${say(words.more)} ${all.length - atMost}</p>`] : []),
      ].join(''),
    ),
    ...closing.slice(0, -1).map((line) => `<p>${escaped(line)}</p>`),
    `<p><a href="${escaped(`${pages}/notices`)}">${say(words.all)} (${notice.standing})</a></p></body></html>`,
  ].join('\n');
  return { subject: `[ITK] ${subjectOf(notice, lines, say)}`, text, html };
}

function subjectOf({ test }: Notice, lines: readonly Line[], say: (word: Bilingual) => string): string {
  if (test) return say(words.test);
  const systems = [...new Set(lines.flatMap(({ system }) => (system === '' ? [] : [system])))].sort();
  const counted = changes.flatMap((change) => {
    const number = lines.filter((line) => line.change === change).length;
    return number === 0 ? [] : [`${say(headings[change]).toLowerCase()}: ${number}`];
  });
  const where = systems.length === 0 ? '' : `${systems.slice(0, 3).join(', ')}${systems.length > 3 ? ', …' : ''}: `;
  return where + counted.join('; ');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter]!);
