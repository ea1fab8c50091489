import { randomBytes } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { both } from '#contracts';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import { CommandError, type Told } from '../../output/told.js';
import { askServiceOfFiles } from './gateway.js';

/** Milliseconds: a large university takes its time. */
const patience = 600_000;

export interface Exporting {
  system: string;
  why?: string;
}

interface Exported {
  persons: number;
  memberships: number;
  unmapped: number[];
}

/** The present state as the file for Moodle would tell it now. */
export async function exportFile(context: Context, target: string, { system, why }: Exporting): Promise<Told> {
  const { id, imsFile } = context.system(system);
  if (!imsFile)
    throw new CommandError(
      both(`Для системы ${id} файл не пишется (раздел imsFile)`, `No file is written for ${id} (section imsFile)`),
      exitCodes.configuration,
    );
  const name = `${randomBytes(6).toString('hex')}.export`;
  const made = join(dirname(imsFile.file), `.${name}`);
  try {
    const { persons, memberships, unmapped } = await context.audited(
      { action: 'ims.export', system: id, why },
      async () => {
        const asked = { what: 'export-file', payload: { name }, end: patience };
        const exported = (await askServiceOfFiles(context, 'course-enroller', id, asked)) as Exported;
        await copied(made, target);
        return exported;
      },
      (exported) => exported.persons,
    );
    const left = both(
      `Нет в таблице курсов и в файле: ${unmapped.join(', ')}`,
      `Neither in the table of courses nor in the file: ${unmapped.join(', ')}`,
    );
    return {
      pieces: [
        {
          line: both(
            `${target}: людей ${persons}, ролей ${memberships}`,
            `${target}: persons ${persons}, roles ${memberships}`,
          ),
        },
        ...(unmapped.length > 0 ? [{ line: left }] : []),
      ],
      json: { file: target, persons, memberships, unmapped },
      ...(unmapped.length > 0 && { code: exitCodes.notAll }),
    };
  } finally {
    await rm(made, { force: true }).catch(() => undefined);
  }
}

async function copied(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw new CommandError(
      both(`Файл не скопирован: ${code} ${path}`, `The file was not copied: ${code} ${path}`),
      exitCodes.away,
    );
  }
}
