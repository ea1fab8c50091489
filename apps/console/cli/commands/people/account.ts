import { randomBytes } from 'node:crypto';
import { Option } from 'commander';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { askFor } from '#persistence';
import { hashPassword, readSecret } from '#platform';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import type { Shell } from '../../program.js';
import { CommandError, type Told } from '../../output/told.js';

const roles = ['ELSAdministrator', 'ELSCurriculumDeveloper'] as const;

/** Has onec-component do it; it stands in the audit. Throws {@link CommandError} where it did not. */
async function ask(context: Context, what: string, payload: { user: string }, why?: string): Promise<unknown> {
  const action = `account.${what.split('-')[0]}`;
  return context.audited({ action, about: payload.user, why, fields: Object.keys(payload) }, (dataSource) =>
    asked(context, dataSource, what, payload),
  );
}

async function asked(context: Context, dataSource: DataSource, what: string, payload: object): Promise<unknown> {
  const end = await askFor(
    dataSource,
    { service: 'onec-component', what, payload, by: context.by },
    { begin: 10_000, end: 30_000 },
  );
  if (end.state === 'failed') throw new CommandError(end.failure, exitCodes.notAll);
  if (end.state === 'done') return end.result;
  throw new CommandError(
    both(
      'Служба onec-component не запущена: ничего не сделано',
      'The service onec-component is not running: nothing was done',
    ),
    exitCodes.away,
  );
}

export function addAccount({ program, say, answer, withWhy }: Shell): void {
  const account = program
    .command('account')
    .description(say('учётные записи компонента 1С', 'accounts of the 1C component'));
  withWhy(account.command('remove <user>'))
    .description(
      say(
        'отозвать учётную запись: со следующего запроса её не примет ни одна реплика',
        'revoke an account: from its next request on no replica takes it',
      ),
    )
    .action(
      answer(async (context, user: string, { why }: { why?: string }): Promise<Told> => {
        const result = (await ask(context, 'remove-account', { user }, why)) as { removed?: boolean } | null;
        const configured = context.configuration.onecComponent?.accounts.some((one) => one.user === user) ?? false;
        const removed = result?.removed === true;
        return {
          pieces: [
            {
              line: removed
                ? both(`Учётная запись ${user} отозвана`, `The account ${user} is revoked`)
                : both(`Учётной записи ${user} нет`, `There is no account ${user}`),
            },
            ...(configured
              ? [
                  {
                    line: both(
                      'Она есть и в конфигурации (onecComponent.accounts): уберите её оттуда, иначе она вернётся со следующим запуском службы',
                      "It stands in the configuration as well (onecComponent.accounts): remove it there, or the service's next start brings it back",
                    ),
                  },
                ]
              : []),
          ],
          json: { user, removed, configured },
          code: removed ? exitCodes.done : exitCodes.notFound,
        };
      }),
    );
  withWhy(account.command('add <user>'))
    .description(
      say(
        'завести учётную запись или сменить её пароль и роли (это делает служба onec-component)',
        'make an account, or change its password and roles (the service onec-component does it)',
      ),
    )
    .addOption(new Option('--role <role...>', say('роли', 'roles')).choices([...roles]).default(['ELSAdministrator']))
    .option(
      '--password-file <path>',
      say(
        'файл с паролем; без него пароль придумывается и показывается один раз',
        'file with the password; without it one is made and shown once',
      ),
    )
    .action(
      answer(
        async (
          context,
          user: string,
          options: { role: string[]; passwordFile?: string; why?: string },
        ): Promise<Told> => {
          if (user.includes(':') || user.length > 100)
            throw new CommandError(
              both(
                'В имени не может быть двоеточия, и оно не длиннее 100 знаков',
                'A name holds no colon and at most 100 characters',
              ),
            );
          const made = options.passwordFile === undefined;
          const password = made ? randomBytes(15).toString('base64url') : readSecret(options.passwordFile!);
          // Hashed here: the database never holds the password itself, not even on its way.
          const payload = { user, passwordHash: await hashPassword(password), roles: options.role };
          await ask(context, 'put-account', payload, options.why);
          const list = options.role.join(', ');
          return {
            pieces: [
              { line: both(`Учётная запись ${user} (${list}) готова`, `The account ${user} (${list}) is ready`) },
              ...(made ? [{ line: both(`Пароль: ${password}`, `Password: ${password}`) }] : []),
            ],
            json: { user, roles: options.role, ...(made && { password }) },
          };
        },
      ),
    );
}
