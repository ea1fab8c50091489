import { randomBytes } from 'node:crypto';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { both } from '#contracts';
import type { SystemConfiguration } from '#platform';
import type { ListedFile } from '../../../ims/files.js';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import { CommandError } from '../../output/told.js';
import { askGateway } from './gateway.js';

/** The gateway's own folder for what is only tried. */
const triesFolder = '.tries';

/**
 * Copies the file beside, then renames it: the gateway sees a whole one. Another of its name is never overwritten.
 * @returns the name that it has there
 */
export async function dropped(
  { id, ims }: Pick<SystemConfiguration, 'id' | 'ims'>,
  path: string,
  place: 'folder' | 'tries',
): Promise<string> {
  if (!ims)
    throw new CommandError(
      both(
        `У системы ${id} нет папки файлов IMS (раздел ims)`,
        `The system ${id} has no folder of IMS files (section ims)`,
      ),
      exitCodes.configuration,
    );
  const stem = basename(path).replace(/\.xml$/i, '');
  const mark = randomBytes(4).toString('hex');
  const name = place === 'tries' ? `${mark}.xml` : `${stem}-${mark}.xml`;
  const target = place === 'tries' ? join(ims.folder, triesFolder, name) : join(ims.folder, name);
  try {
    await copyFile(path, `${target}.part`);
    await rename(`${target}.part`, target);
  } catch (error) {
    await rm(`${target}.part`, { force: true }).catch(() => undefined);
    const { code, path: where } = error as NodeJS.ErrnoException;
    throw new CommandError(
      both(
        `Файл не скопирован в ${ims.folder}: ${code} ${where}`,
        `The file was not copied to ${ims.folder}: ${code} ${where}`,
      ),
    );
  }
  return name;
}

/** Milliseconds. */
const [lookEvery, patience] = [500, 600_000];

/** Until the gateway has done with the file; undefined when that takes too long. */
export async function waitFor(context: Context, system: string, name: string): Promise<ListedFile | undefined> {
  for (const until = Date.now() + patience; Date.now() < until;) {
    const { files } = (await askGateway(context, system, 'list-files', { limit: 50 })) as { files: ListedFile[] };
    const file = files.find((each) => each.name === name);
    if (file && file.state !== 'claimed') return file;
    await sleep(lookEvery);
  }
  return undefined;
}
