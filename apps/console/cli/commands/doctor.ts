import type { DataSource } from 'typeorm';
import { both, type Finding } from '#contracts';
import { examineMoodle } from '#moodle';
import { readSecret, wayTo, type SystemConfiguration } from '#platform';
import { SynchronizerClients } from '#synchronizer';
import { knownCourse } from '../../overview/known-course.js';
import { examineOneC } from '../../doctor/onec.js';
import { examineGround } from '../../doctor/ground.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import type { Shell } from '../program.js';
import type { Cell, Piece, Told } from '../told.js';

interface Examined {
  of: string;
  findings: Finding[];
}

const marks = {
  ok: both('хорошо', 'well'),
  advice: both('совет', 'advice'),
  warning: both('внимание', 'warning'),
  error: both('ошибка', 'error'),
};

async function moodleOf(
  { id, moodle, accounts, enrolment }: SystemConfiguration,
  dataSource: DataSource,
): Promise<Finding[]> {
  const courseId = await knownCourse(dataSource, id);
  return examineMoodle(
    {
      system: id,
      url: moodle.url,
      token: () => readSecret(moodle.tokenFile),
      maxInputVars: moodle.maxInputVars,
      concurrency: moodle.concurrency,
    },
    {
      roles: moodle.roles,
      auth: accounts.auth,
      ...(accounts.lang !== undefined && { lang: accounts.lang }),
      grouping: enrolment.grouping,
      adopt: accounts.adopt,
      ...(courseId !== undefined && { courseId }),
    },
  );
}

async function examine(context: Context, id: string | undefined): Promise<Examined[]> {
  const systems = context.chosen(id);
  const dataSource = await context.dataSource();
  const clients = new SynchronizerClients(context.configuration, dataSource);
  const ground = {
    of: 'itk',
    findings: await examineGround(
      dataSource,
      () => context.broker(),
      systems.map((system) => system.id),
    ),
  };
  const examined = await Promise.all(
    systems.map(async (system): Promise<Examined[]> => [
      { of: `${system.id}: Moodle`, findings: await moodleOf(system, dataSource) },
      {
        of: `${system.id}: 1C`,
        findings: [
          ...(await examineOneC(clients.of(system.id).client, system.els, system.synchronizer)),
          wayTo(system.synchronizer.url),
        ],
      },
    ]),
  );
  return [ground, ...examined.flat()];
}

export function addDoctor({ program, say, answer }: Shell): void {
  program
    .command('doctor [system]')
    .description(
      say(
        'осмотреть базу, брокер, Moodle и 1С: что не так и как исправить; ничего не меняет',
        'examine database, broker, Moodle and 1C: what is wrong and how to mend it; changes nothing',
      ),
    )
    .option('--all', say('показать и то, что хорошо', 'show what is well, too'))
    .action(
      answer(async (context, id: string | undefined, { all }: { all?: boolean }): Promise<Told> => {
        const examined = await examine(context, id);
        const pieces = examined.flatMap(({ of, findings }): Piece[] => {
          const failing = findings.some(({ severity }) => severity === 'error');
          // which way a call went is good to know where it did not arrive
          const shown = findings.filter(
            ({ check, severity }) => all || severity !== 'ok' || (failing && check === 'way'),
          );
          return [
            { heading: both(of, of) },
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
