import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { both } from '#contracts';
import { DoorKeyError, doorKeyId, makeDoorKey, publicDoorKeys } from '#http-api';
import { readSecretText } from '#platform';
import type { Shell } from '../../program.js';
import { CommandError, type Told } from '../../output/told.js';

/** `2026-11-27-3fa1`: tells when it was made, and none is like another. */
const newId = (): string => `${new Date().toISOString().slice(0, 10)}-${randomBytes(2).toString('hex')}`;

/** Keys of the door between console and onec-component. Files alone: neither configuration nor database is asked. */
export function addDoor({ program, say, answer }: Shell): void {
  const door = program
    .command('door')
    .description(
      say('дверь от консоли к onec-component: её ключи', 'the door from the console to onec-component: its keys'),
    );
  door
    .command('make-key <file>')
    .description(
      say(
        'создать закрытый ключ (console.desk.keyFile); прежнего файла не меняет',
        'make a private key (console.desk.keyFile); never over a file that is there',
      ),
    )
    .option('--kid <name>', say('имя ключа; иначе дата и случайные знаки', 'name of the key; else the date and chance'))
    .action(
      answer(async (_, file: string, { kid = newId() }: { kid?: string }): Promise<Told> => {
        const key = await orSaid(() => makeDoorKey(kid));
        try {
          writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
          throw new CommandError(
            both(
              `Файл ${file} уже есть: назовите новый ключ иначе`,
              `There is a file ${file} already: call the new key otherwise`,
            ),
          );
        }
        return {
          pieces: [{ line: both(`Ключ ${kid} записан в ${file}`, `The key ${kid} is written to ${file}`) }],
          json: { kid, file },
        };
      }),
    );
  door
    .command('public-keys <files...>')
    .description(
      say(
        'вывести открытые половины этих ключей: содержимое onecComponent.desk.keysFile',
        'print the public halves of these keys: what onecComponent.desk.keysFile holds',
      ),
    )
    .action(
      answer(async (_, files: string[]): Promise<Told> => {
        const secrets = files.map(readSecretText);
        const raw = await orSaid(() => publicDoorKeys(secrets));
        return { pieces: [], json: { kids: secrets.map(doorKeyId) }, raw };
      }),
    );
}

/** What is wrong with a key is the person's to mend. */
async function orSaid<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DoorKeyError)) throw error;
    throw new CommandError(both(`Ключ не годится: ${error.message}`, `The key will not do: ${error.message}`));
  }
}
