import { both, type Bilingual } from '#contracts';
import { readNotices } from '../../notices/read.js';
import type { ChangeKind } from '../../notices/rules/tell.js';
import { channelsOf } from '../../notices/sending/settings.js';
import { tryChannels } from '../../notices/sending/try.js';
import { readStanding } from '../../notices/standing/standing.js';
import { exitCodes } from '../exit-codes.js';
import { CommandError, type Cell, type Piece, type Told } from '../output/told.js';
import type { Shell } from '../program.js';

type Notices = Awaited<ReturnType<typeof readNotices>>;

/** A terminal scrolls. */
const whole = { from: 0, limit: 1_000 };

const nobody = both(
  'Некому сообщать: ни console.notices.mail, ни console.notices.webhook не заданы (docs/notices.md)',
  'Nobody is told: neither console.notices.mail nor console.notices.webhook is set (docs/notices.md)',
);
const channelWords = { mail: both('почта', 'mail'), webhook: both('вебхук', 'webhook') };
const changeWords: Record<ChangeKind, Bilingual> = {
  new: both('новое', 'new'),
  grown: both('стало больше', 'grown'),
  ended: both('снова в порядке', 'well again'),
};
const every = both('все', 'all');
const system = (id: string): Cell => (id === '' ? every : id);
const joined = (words: Bilingual[]): Bilingual =>
  both(words.map(({ ru }) => ru).join('; '), words.map(({ en }) => en).join('; '));

const wayOf = ({ channel, sentAt, givenUpAt, reason }: Notices['notices'][number]['deliveries'][number]): Bilingual => {
  const name = channelWords[channel];
  const state = sentAt
    ? both('ушло', 'sent')
    : givenUpAt
      ? both('не ушло, больше не пробуется', 'not sent, given up')
      : both('ждёт', 'waiting');
  const [ru, en] = reason ? [`, ${reason.ru}`, `, ${reason.en}`] : ['', ''];
  return both(`${name.ru}: ${state.ru}${ru}`, `${name.en}: ${state.en}${en}`);
};

function pieces({ channels, heartbeat, standing, notices }: Notices): Piece[] {
  const troubles = [...channels, ...(heartbeat ? [heartbeat] : [])].flatMap(({ trouble }) =>
    trouble ? [trouble] : [],
  );
  return [
    { heading: both('Ждёт человека', 'Waits for a person') },
    {
      table: {
        columns: [both('Система', 'System'), both('С', 'Since'), both('Сказано', 'Told'), both('Что', 'What')],
        rows: standing.map((one): Cell[] => [
          system(one.system),
          new Date(one.since),
          one.told ? both('да', 'yes') : both('нет', 'no'),
          one.text,
        ]),
        empty: both('Ничего', 'Nothing'),
      },
    },
    { heading: both('Сказано', 'Told') },
    {
      table: {
        columns: [both('Когда', 'When'), both('Что', 'What'), both('Система', 'System'), both('Как', 'How')],
        rows: notices.flatMap(({ time, items, deliveries }) =>
          items.map((item, index): Cell[] => [
            time,
            both(`${changeWords[item.change].ru}: ${item.text.ru}`, `${changeWords[item.change].en}: ${item.text.en}`),
            system(item.system),
            index === 0 ? joined(deliveries.map(wayOf)) : '',
          ]),
        ),
        empty: both('Ничего', 'Nothing'),
      },
    },
    ...(channels.length === 0 ? [{ line: nobody }] : []),
    ...channels.map(({ channel, to }): Piece => {
      const name = channelWords[channel];
      return { line: both(`${name.ru}: ${to.join(', ')}`, `${name.en}: ${to.join(', ')}`) };
    }),
    ...troubles.map(({ what, mend }): Piece => ({ line: both(`${what.ru}. ${mend.ru}`, `${what.en}. ${mend.en}`) })),
  ];
}

export function addNotices({ program, say, answer }: Shell): void {
  const notices = program
    .command('notices')
    .description(
      say(
        'что ждёт человека, кому и когда об этом сказано; код 1, если уведомления не доходят',
        'what waits for a person, who was told of it and when; exit code 1 when notices do not arrive',
      ),
    )
    .action(
      answer(async (context): Promise<Told> => {
        const read = await readNotices(await context.dataSource(), context.configuration, whole);
        const ill = [...read.channels, read.heartbeat].some((one) => one?.trouble);
        return { pieces: pieces(read), json: read, code: ill ? exitCodes.notAll : exitCodes.done };
      }),
    );
  notices
    .command('test')
    .description(
      say(
        'послать пробное уведомление всем, кому сообщается; код 1, если не дошло',
        'send a test to everybody who is told; exit code 1 when it does not arrive',
      ),
    )
    .action(
      answer(async (context): Promise<Told> => {
        const channels = channelsOf(context.configuration);
        if (channels.length === 0) throw new CommandError(nobody, exitCodes.configuration);
        const tried = await context.audited({ action: 'notices.test' }, async (dataSource) =>
          tryChannels(channels, (await readStanding(dataSource, context.configuration)).length),
        );
        return {
          pieces: [
            {
              table: {
                columns: [both('Как', 'How'), both('Кому', 'To whom'), both('Исход', 'Outcome')],
                rows: tried.map(({ channel, to, failure }): Cell[] => [
                  channelWords[channel],
                  to.join(', '),
                  failure ?? both('ушло', 'sent'),
                ]),
                empty: nobody,
              },
            },
          ],
          json: tried,
          code: tried.some(({ failure }) => failure) ? exitCodes.notAll : exitCodes.done,
        };
      }),
    );
}
