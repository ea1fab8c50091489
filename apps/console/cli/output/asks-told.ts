import { both } from '#contracts';
import type { Asked } from '../../ask/ask-again.js';
import { exitCodes } from '../exit-codes.js';
import type { Piece, Told } from './told.js';

const shown = 20;
const listOf = (codes: readonly string[]): string =>
  codes.length <= shown ? codes.join(', ') : `${codes.slice(0, shown).join(', ')}, … (${codes.length})`;

function piecesOf({ system, asked, refused, byHand, failure }: Asked): Piece[] {
  const pieces: Piece[] = [
    {
      line: both(
        `${system}: 1С передаст снова ${asked.length} (после этого они придут сами)`,
        `${system}: 1C offers ${asked.length} again (they come by themselves)`,
      ),
    },
  ];
  if (refused.length > 0)
    pieces.push({
      table: {
        columns: [both('Не приняты 1С', 'Refused by 1C'), both('Почему', 'Why')],
        rows: refused.map(({ pair, reason }) => [pair, reason]),
        empty: both('', ''),
      },
    });
  if (failure) pieces.push({ line: both(`1С не спрошена: ${failure.ru}`, `1C was not asked: ${failure.en}`) });
  if (byHand) {
    const { register, els, codes } = byHand;
    pieces.push({
      line: both(
        `В этой 1С нет операции Reoffer. Удалите в регистре сведений ${register} записи, у которых Система = «${els}», Период не раньше текущего момента, Студент - один из: ${listOf(codes)}`,
        `This 1C has no operation Reoffer. Delete in the information register ${register} the records with System = "${els}", Period not before now, and Student one of: ${listOf(codes)}`,
      ),
    });
  }
  return pieces;
}

/** What 1C answered to being asked again, system by system. */
export function asksTold(answers: readonly Asked[]): Told {
  const wrong = answers.some(({ refused, byHand }) => refused.length > 0 || byHand !== undefined);
  const away = answers.some(({ failure }) => failure !== undefined);
  return {
    pieces:
      answers.length === 0
        ? [{ line: both('Спрашивать не о ком', 'There is nobody to ask for') }]
        : answers.flatMap(piecesOf),
    json: answers,
    code: away ? exitCodes.away : wrong ? exitCodes.notAll : exitCodes.done,
  };
}
