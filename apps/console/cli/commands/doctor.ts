import { both, type Finding } from '#contracts';
import { hasMoodle, isFedBy1C } from '#platform';
import { examineOneCOf } from '#synchronizer';
import { examineMoodleWithKnown } from '../../doctor/examine.js';
import { examineDoor } from '../../doctor/door.js';
import { examineGround } from '../../doctor/ground.js';
import { examineUniversity } from '../../doctor/university.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import { CommandError, type Cell, type Piece, type Told } from '../output/told.js';

interface Examined {
  part: string;
  findings: Finding[];
}

const marks = {
  ok: both('хорошо', 'well'),
  advice: both('совет', 'advice'),
  warning: both('внимание', 'warning'),
  error: both('ошибка', 'error'),
};

interface Options {
  all?: boolean;
  page?: boolean;
  student?: string;
  mapping?: boolean;
}

async function examine(
  context: Context,
  id: string | undefined,
  { page, student, mapping }: Options,
): Promise<Examined[]> {
  const systems = context.chosen(id);
  if (student !== undefined && systems.length > 1)
    throw new CommandError(both('--student: назовите и систему', '--student: name the system as well'));
  const dataSource = await context.dataSource();
  const ids = systems.map((system) => system.id);
  const [findings, door] = await Promise.all([
    examineGround(dataSource, () => context.broker(), ids),
    examineDoor(context.configuration),
  ]);
  const ground = { part: 'itk', findings: [...findings, ...door] };
  const looks = systems.flatMap((system): { part: string; look: Promise<Finding[]> }[] => [
    ...(hasMoodle(system)
      ? [{ part: `${system.id}: Moodle`, look: examineMoodleWithKnown(system, dataSource, context.by) }]
      : []),
    ...(isFedBy1C(system)
      ? [{ part: `${system.id}: 1C`, look: examineOneCOf(system, dataSource, { page, student }) }]
      : []),
  ]);
  const examined = await Promise.all(looks.map(async ({ part, look }) => ({ part, findings: await look })));
  const { findings: university } = await examineUniversity(context.configuration, mapping === true);
  return [ground, ...(university.length > 0 ? [{ part: '1C OData', findings: university }] : []), ...examined];
}

export function addDoctor({ program, say, answer }: Shell): void {
  program
    .command('doctor [system]')
    .description(
      say(
        'осмотреть базу, брокер, Moodle и 1С: что не так и как исправить; без --page и --student ничего не меняет',
        'examine database, broker, Moodle and 1C: what is wrong and how to mend it; changes nothing without --page and --student',
      ),
    )
    .option('--all', say('показать и то, что хорошо', 'show what is well, too'))
    .option(
      '--page',
      say(
        'прочитать страницу студентов 1С: читаются ли они; ошибочных 1С при этом отмечает',
        'read a page of students from 1C: can they be read; 1C flags the faulty ones as it lists them',
      ),
    )
    .option(
      '--student <code>',
      say(
        'проба отметкой на этом студенте: верны ли часы и часовой пояс базы 1С',
        "flag test with this student: are the clock and the zone of 1C's infobase right",
      ),
    )
    .option(
      '--mapping',
      say(
        'сверить файл соответствия с публикацией OData: чего нет, что похоже, сколько строк и по десять примеров',
        'hold the mapping against the OData publication: what is missing, what is near, how many rows, ten examples each',
      ),
    )
    .action(
      answer(async (context, id: string | undefined, options: Options): Promise<Told> => {
        const examined = await examine(context, id, options);
        const pieces = examined.flatMap(({ part, findings }): Piece[] => {
          const failing = findings.some(({ severity }) => severity === 'error');
          // which way a call went is good to know where it did not arrive
          const shown = findings.filter(
            ({ check, severity }) =>
              options.all ||
              severity !== 'ok' ||
              (options.mapping && check.startsWith('mapping ')) ||
              (failing && check === 'way'),
          );
          return [
            { heading: both(part, part) },
            {
              table: {
                columns: [both('', ''), both('Что', 'What'), both('Что делать', 'What to do')],
                rows: shown.map(({ severity, what, mend }): Cell[] => [marks[severity], what, mend]),
                empty: both(`Всё хорошо (проверок: ${findings.length})`, `All is well (checks: ${findings.length})`),
              },
            },
          ];
        });
        const ill = examined.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
        return { pieces, json: examined, code: ill ? exitCodes.notAll : exitCodes.done };
      }),
    );
}
