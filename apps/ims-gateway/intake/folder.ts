import { constants } from 'node:fs';
import { access, lstat, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { both } from '#contracts';
import type { FoundTrouble } from '#persistence';

/** A file that lies in the drop folder, as it is now. */
export interface Dropped {
  name: string;
  size: number;
  /** Milliseconds. */
  changed: number;
}

/** Folders of the gateway's own in the drop folder. `tries`: what is only to be looked at. */
export const places = { claimed: '.claimed', tries: '.tries', archive: 'archive', rejected: 'rejected' } as const;

/** Parts of a copy that is under way have other names; so have reports. */
const isTaken = (name: string): boolean => /\.xml$/i.test(name) && !name.startsWith('.');

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The drop folder of one system. */
export class DropFolder {
  constructor(readonly path: string) {}

  /** Makes its own folders in it. @throws what the file system says where the folder is not there, or not ours to write */
  async open(): Promise<void> {
    await access(this.path, constants.R_OK | constants.W_OK);
    for (const place of Object.values(places)) await mkdir(join(this.path, place), { recursive: true });
  }

  /** Files that wait, by their names; no links, no folders. */
  async list(): Promise<Dropped[]> {
    const names = (await readdir(this.path)).filter(isTaken).sort();
    const files = await Promise.all(
      names.map(async (name): Promise<Dropped[]> => {
        const seen = await lstat(join(this.path, name)).catch(() => undefined);
        return seen?.isFile() ? [{ name, size: seen.size, changed: seen.mtimeMs }] : [];
      }),
    );
    return files.flat();
  }

  /** Where a claimed file lies. */
  claimed(id: number): string {
    return join(this.path, places.claimed, `${id}.xml`);
  }

  tried(name: string): string {
    return join(this.path, places.tries, name);
  }

  /**
   * Takes a file in hand; repeated, it stays as it is.
   * @returns false when it is neither in the folder nor in hand: somebody has taken it away
   */
  async claim(id: number, name: string): Promise<boolean> {
    if (await this.has(this.claimed(id))) return true;
    return this.move(join(this.path, name), this.claimed(id));
  }

  /** Lays a claimed file where it stays, `archive/2026-11-27/17-export.xml`; repeated, it lies there. */
  async file(id: number, filedAs: string): Promise<void> {
    const target = join(this.path, filedAs);
    await mkdir(join(target, '..'), { recursive: true });
    await this.move(this.claimed(id), target);
  }

  private async move(from: string, to: string): Promise<boolean> {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      if (missing(error)) return false;
      throw error;
    }
  }

  private async has(path: string): Promise<boolean> {
    return (await lstat(path).catch(() => undefined)) !== undefined;
  }
}

/** The check of a drop folder that status and doctor show. */
export const folderCheck = 'ims-folder';

export const folderTrouble = (folder: string, error: unknown): FoundTrouble => {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  return {
    about: '',
    what: both(
      `Папка файлов IMS ${folder} недоступна (${code}): файлы не принимаются`,
      `The folder of IMS files ${folder} cannot be used (${code}): no files are taken`,
    ),
    mend: both(
      'Проверьте, что папка есть, подключена и что служба ims-gateway может в неё писать (ключ ims.folder); дальше всё пойдёт само',
      'See that the folder exists, is mounted and that the service ims-gateway may write to it (key ims.folder); the rest goes on by itself',
    ),
  };
};
