import { Command, CommanderError } from 'commander';
import { both, SynchronizationError, type Bilingual } from '#contracts';
import { BrokerUnavailableError } from '#messaging';
import { databaseTrouble, isDatabaseAway } from '#persistence';
import { ConfigurationError, SecretError } from '#platform';
import { addAccount } from './commands/people/account.js';
import { addDoctor } from './commands/doctor.js';
import { addFailures } from './commands/failures/failures.js';
import { addIms } from './commands/files/ims.js';
import { addFlags } from './commands/flags.js';
import { addNotices } from './commands/notices.js';
import { addPauses } from './commands/pauses.js';
import { addDoor } from './commands/installation/door.js';
import { addPrepare } from './commands/installation/prepare.js';
import { addQueues } from './commands/queues.js';
import { addRemovals } from './commands/removals.js';
import { addStatus } from './commands/status.js';
import { addStudent } from './commands/student.js';
import { addSync } from './commands/sync.js';
import { addSystem } from './commands/installation/system.js';
import { addUsers } from './commands/people/users.js';
import { Context } from './context.js';
import { exitCodes } from './exit-codes.js';
import { languageOf, type Language } from './language.js';
import { formatPieces } from './output/table.js';
import { CommandError, type Told } from './output/told.js';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  environment: Record<string, string | undefined>;
}

/** Given to every command: where it hangs itself in, and how it answers. */
export interface Shell {
  program: Command;
  language: Language;
  /** `both(ru, en)` in the language of the session. */
  say(ru: string, en: string): string;
  /** A command that changes something is told why; it stays in the audit. */
  withWhy(command: Command): Command;
  /** Turns what a command answers into output and exit code. */
  answer<A extends unknown[]>(work: (context: Context, ...given: A) => Promise<Told>): (...given: A) => Promise<void>;
}

/** Runs `itk <arguments>`. @returns the exit code */
export async function runCli(given: readonly string[], terminal: Terminal): Promise<number> {
  const language = languageOf(terminal.environment);
  const context = new Context(terminal.environment, (text) => terminal.err(text));
  let code: number = exitCodes.done;
  const program = new Command('itk')
    .description(both('Integration Toolkit: 1С и Moodle', 'Integration Toolkit: 1C and Moodle')[language])
    .option('--json', both('ответ для программ: JSON', 'the answer for machines: JSON')[language])
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError(both('(подробнее: --help)', '(more: --help)')[language]);
  const shell: Shell = {
    program,
    language,
    say: (ru, en) => both(ru, en)[language],
    withWhy: (command) =>
      command.option(
        '--why <text>',
        both('причина; она остаётся в аудите', 'the reason; it stays in the audit')[language],
      ),
    answer:
      (work) =>
      async (...args) => {
        const told = await work(context, ...args);
        if (told.raw !== undefined) terminal.out(told.raw);
        else if (program.opts<{ json?: boolean }>().json) terminal.out(`${JSON.stringify(told.json, null, 2)}\n`);
        else terminal.out(`${formatPieces(told.pieces, language)}\n`);
        code = told.code ?? exitCodes.done;
      },
  };
  for (const add of [
    addStatus,
    addStudent,
    addFailures,
    addQueues,
    addPauses,
    addNotices,
    addSync,
    addFlags,
    addRemovals,
    addIms,
    addDoctor,
    addAccount,
    addSystem,
    addUsers,
    addPrepare,
    addDoor,
  ])
    add(shell);
  inherit(program);
  try {
    await program.parseAsync(given, { from: 'user' });
  } catch (error) {
    code = complain(error, language, terminal);
  } finally {
    await context.close().catch(() => undefined);
  }
  return code;
}

/** Commander hands these down only to commands that are made after they are set. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}

/** The errors of several addresses say nothing in common; what was lost has a cause. */
const wordsOf = ({ message, errors, cause }: Error & { errors?: Error[] }): string =>
  [message || errors?.map((each) => each.message).join('; '), (cause as Error | undefined)?.message]
    .filter(Boolean)
    .join(': ');

function complain(error: unknown, language: Language, terminal: Terminal): number {
  const say = (text: Bilingual): void => terminal.err(`${text[language]}\n`);
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof CommandError) {
    say(error.text);
    return error.code;
  }
  if (error instanceof ConfigurationError || error instanceof SecretError) {
    terminal.err(`${error.message}\n`);
    return exitCodes.configuration;
  }
  if (error instanceof SynchronizationError) {
    say(error.failure.reason);
    if (error.failure.cure) say(error.failure.cure);
    return exitCodes.away;
  }
  const trouble = databaseTrouble(error);
  if (trouble) {
    say(trouble.reason);
    say(trouble.cure);
    return exitCodes.configuration;
  }
  if (isDatabaseAway(error)) {
    const text = wordsOf(error as Error);
    say(
      both(
        `База данных не отвечает или не принимает записи: ${text}`,
        `The database cannot be reached or takes no writes: ${text}`,
      ),
    );
    return exitCodes.away;
  }
  if (error instanceof BrokerUnavailableError) {
    say(both(`RabbitMQ не отвечает: ${error.message}`, `RabbitMQ cannot be reached: ${error.message}`));
    return exitCodes.away;
  }
  terminal.err(`${(error as Error).stack ?? String(error)}\n`);
  return exitCodes.notAll;
}
