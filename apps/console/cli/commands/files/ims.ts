import { both } from '#contracts';
import type { Context } from '../../context.js';
import type { Shell } from '../../program.js';
import type { ListedFile, ShownFile, Tried } from '../../../ims/files.js';
import { exitCodes } from '../../exit-codes.js';
import { CommandError, type Told } from '../../output/told.js';
import { exportFile, type Exporting } from './export.js';
import { askGateway } from './gateway.js';
import { dropped, waitFor } from './put.js';
import { fileTold, filesTold, importTold, triedTold } from './words.js';

interface Importing {
  system: string;
  dryRun?: boolean;
  why?: string;
}

async function importFile(context: Context, path: string, { system, dryRun, why }: Importing): Promise<Told> {
  if (dryRun) {
    const name = await dropped(context.system(system), path, 'tries');
    return triedTold((await askGateway(context, system, 'try-file', { name }, 600_000)) as Tried);
  }
  const { id } = context.system(system);
  const file = await context.audited(
    { action: 'ims.import', system: id, why },
    async () => waitFor(context, id, await dropped(context.system(id), path, 'folder')),
    (end) => end?.counts?.persons ?? null,
  );
  return importTold(file);
}

async function showFiles(context: Context, system: string, id: string | undefined): Promise<Told> {
  if (id === undefined) {
    const { files } = (await askGateway(context, system, 'list-files', { limit: 50 })) as { files: ListedFile[] };
    return filesTold(files);
  }
  const { file } = (await askGateway(context, system, 'show-file', { file: numberOf(id) })) as {
    file: ShownFile | null;
  };
  if (file) return fileTold(file);
  throw new CommandError(both(`Файла ${id} нет`, `There is no file ${id}`), exitCodes.notFound);
}

function numberOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CommandError(both(`Номер файла, а не «${text}»`, `The number of a file, not "${text}"`));
}

async function decide(
  context: Context,
  system: string,
  decision: 'release' | 'discard',
  ids: readonly string[],
  why: string | undefined,
): Promise<Told> {
  const files = ids.map(numberOf);
  const payload = { ...(files.length > 0 && { files }), ...(why && { why }) };
  const { id } = context.system(system);
  const { number } = await context.audited(
    { action: `ims.${decision}`, system: id, why, fields: Object.keys(payload) },
    async () => (await askGateway(context, id, `${decision}-files`, payload)) as { number: number },
    (result) => result.number,
  );
  const words = {
    release: both(`Отпущено файлов: ${number}`, `Files released: ${number}`),
    discard: both(`Отброшено файлов: ${number}`, `Files discarded: ${number}`),
  };
  return { pieces: [{ line: words[decision] }], json: { number } };
}

export function addIms({ program, say, answer, withWhy }: Shell): void {
  const ims = program.command('ims').description(say('файлы IMS Enterprise', 'files of IMS Enterprise'));
  withWhy(
    ims
      .command('import <file>')
      .description(
        say('положить файл в папку системы и дождаться, что с ним стало', 'put a file into the folder and see its end'),
      )
      .requiredOption('--system <id>', say('чья папка', 'whose folder'))
      .option('--dry-run', say('только сказать, что изменилось бы', 'only say what would change')),
  ).action(answer((context, path: string, options: Importing) => importFile(context, path, options)));
  withWhy(
    ims
      .command('export <file>')
      .description(
        say(
          'записать нынешнее состояние системы с imsFile в файл IMS',
          'write the present state of a system with imsFile as an IMS file',
        ),
      )
      .requiredOption('--system <id>', say('чьё состояние', 'whose state')),
  ).action(answer((context, path: string, options: Exporting) => exportFile(context, path, options)));
  ims
    .command('files <system> [id]')
    .description(
      say('что стало с файлами, или с одним и его записями', 'what became of files, or of one, with its records'),
    )
    .action(answer((context, system: string, id: string | undefined) => showFiles(context, system, id)));
  withWhy(
    ims
      .command('release <system> [id...]')
      .description(say('применить задержанный файл', 'apply the file that is held')),
  ).action(
    answer((context, system: string, ids: string[], { why }: { why?: string }) =>
      decide(context, system, 'release', ids, why),
    ),
  );
  withWhy(
    ims
      .command('discard <system> [id...]')
      .description(say('отбросить задержанный файл', 'discard the file that is held')),
  ).action(
    answer((context, system: string, ids: string[], { why }: { why?: string }) =>
      decide(context, system, 'discard', ids, why),
    ),
  );
}
