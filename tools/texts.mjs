/** @import { Bilingual } from '../libs/contracts/bilingual.js' */

/**
 * What a person reads stands in Russian and in English: `{ ru, en }`.
 * ITK_LANG decides, else the language of the terminal, else English.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {keyof Bilingual}
 */
export function languageOf(environment) {
  const wish = environment.ITK_LANG || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return wish.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

/** @param {Bilingual} bilingual */
export function text(bilingual, environment = process.env) {
  return bilingual[languageOf(environment)];
}

/**
 * Progress goes to stderr, so that stdout stays what was asked for (`env`, the last line of `npm test`).
 * @param {Bilingual} bilingual
 */
export function say(bilingual) {
  process.stderr.write(`${text(bilingual)}\n`);
}

/** An error that a person can mend: its message stands in both languages and no stack is shown. */
export class Obstacle extends Error {
  /** @param {Bilingual} bilingual */
  constructor(bilingual) {
    super(text(bilingual));
    this.name = 'Obstacle';
    this.bilingual = bilingual;
  }
}

/**
 * What was thrown says this: by convention an Error, which no compiler knows.
 * @param {unknown} error
 */
export function reasonOf(error) {
  return /** @type {Error} */ (error).message;
}

/**
 * Runs a command of this folder; an obstacle is shown as its text alone.
 * @param {() => unknown} main
 */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    const { stack } = /** @type {Error} */ (error);
    process.stderr.write(`\n${error instanceof Obstacle ? error.message : (stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
