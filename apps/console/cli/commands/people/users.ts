import type { Command } from 'commander';
import { Option } from 'commander';
import { both } from '#contracts';
import { readSecret } from '#platform';
import { roles, type Role } from '../../../permissions/matrix.js';
import type { Grant } from '../../../permissions/access.js';
import { linkFor } from '../../../session/link.js';
import { loginSchema, newPasswordSchema } from '../../../session/schemas.js';
import { Sessions } from '../../../session/sessions.js';
import { LastAdministratorError, OpenIdUserError, Users, type Invitation } from '../../../session/users/users.js';
import type { Context } from '../../context.js';
import { exitCodes } from '../../exit-codes.js';
import type { Shell } from '../../program.js';
import { CommandError, type Piece, type Told } from '../../output/told.js';

interface Granted {
  role: Role[];
  system?: string[];
}

function loginOf(text: string): string {
  const read = loginSchema.safeParse(text);
  if (read.success) return read.data;
  throw new CommandError(
    both('Имя для входа: от 1 до 64 букв, цифр и знаков . _ @ -', 'A login holds 1 to 64 letters, digits and . _ @ -'),
  );
}

const grantsOf = (context: Context, { role, system }: Granted): Grant[] =>
  role.map((each) => ({ role: each, ...(system && { systems: system.map((id) => context.system(id).id) }) }));

const grantsTold = (grants: readonly Grant[]): string =>
  grants.map(({ role, systems }) => (systems ? `${role} (${systems.join(', ')})` : role)).join(', ');

const noSuchUser = (login: string): CommandError =>
  new CommandError(both(`Пользователя ${login} нет`, `There is no user ${login}`), exitCodes.notFound);

const isOfProvider = (): CommandError =>
  new CommandError(
    both(
      'Имя, роли и вход этого пользователя ведёт провайдер входа: измените их там',
      "Name, roles and sign-in of this user are the identity provider's: change them there",
    ),
    exitCodes.notAll,
  );

function linkTold(context: Context, { token, expiresAt }: Invitation): { piece: Piece; link: string } {
  const { publicUrl, port } = context.configuration.console.http;
  const link = linkFor(publicUrl ?? `http://localhost:${context.environment.PORT || port}`, token);
  const until = expiresAt.toLocaleString('sv-SE');
  return {
    link,
    piece: {
      line: both(
        `Ссылка, по которой задают пароль (до ${until}, один раз): ${link}`,
        `The link by which the password is set (until ${until}, once): ${link}`,
      ),
    },
  };
}

interface Why {
  why?: string;
}

/** What the command line does to users stands in the audit as well. */
async function audited<T>(
  context: Context,
  action: string,
  login: string,
  { why, fields = [] }: Why & { fields?: string[] },
  work: (users: Users) => Promise<T>,
) {
  return context.audited({ action, about: login, why, fields }, (dataSource) => work(new Users(dataSource)));
}

async function change(
  context: Context,
  login: string,
  changed: Parameters<Users['change']>[1],
  { why }: Why,
): Promise<void> {
  try {
    const user = await audited(context, 'user.change', login, { why, fields: Object.keys(changed) }, (users) =>
      users.change(login, changed),
    );
    if (!user) throw noSuchUser(login);
  } catch (error) {
    if (error instanceof OpenIdUserError) throw isOfProvider();
    if (!(error instanceof LastAdministratorError)) throw error;
    throw new CommandError(
      both(
        'Это последний администратор: сначала назначьте другого',
        'This is the last administrator: make another one first',
      ),
      exitCodes.notAll,
    );
  }
}

export function addUsers({ program, say, answer, withWhy }: Shell): void {
  const users = program.command('users').description(say('кто входит в консоль', 'who signs in to the console'));
  const withRoles = (command: Command): Command =>
    withWhy(command)
      .addOption(new Option('--role <role...>', say('роли', 'roles')).choices([...roles]).makeOptionMandatory())
      .option('--system <id...>', say('только для этих систем', 'for these systems only'));

  users
    .command('list')
    .description(say('все пользователи и их роли', 'all users and their roles'))
    .action(
      answer(async (context): Promise<Told> => {
        const all = await new Users(await context.dataSource()).list();
        return {
          pieces: [
            {
              table: {
                columns: [
                  both('Имя', 'Login'),
                  both('Кто', 'Who'),
                  both('Роли', 'Roles'),
                  both('Состояние', 'State'),
                  both('Входил', 'Signed in'),
                ],
                rows: all.map(({ login, name, grants, disabled, passwordHash, openIdSubject, signedInAt }) => [
                  ...[login, name, grantsTold(grants)],
                  disabled
                    ? both('отключён', 'disabled')
                    : openIdSubject !== null
                      ? both('входит через провайдера', 'by the identity provider')
                      : passwordHash === null
                        ? both('пароль не задан', 'no password yet')
                        : both('может войти', 'may sign in'),
                  signedInAt,
                ]),
                empty: both('Пользователей нет', 'There are no users'),
              },
            },
          ],
          json: all.map(({ passwordHash, openIdIssuer: _, openIdSubject, ...user }) => ({
            ...user,
            hasPassword: passwordHash !== null,
            openId: openIdSubject !== null,
          })),
        };
      }),
    );

  withRoles(users.command('add <login>'))
    .description(
      say(
        'завести пользователя; пароль он задаёт сам по одноразовой ссылке',
        'add a user, who sets the password by a one-time link',
      ),
    )
    .option('--name <name>', say('фамилия и инициалы', 'surname and initials'))
    .option(
      '--password-file <path>',
      say('задать пароль из файла, без ссылки', 'set the password from a file, no link'),
    )
    .action(
      answer(
        async (
          context,
          text: string,
          options: Granted & Why & { name?: string; passwordFile?: string },
        ): Promise<Told> => {
          const login = loginOf(text);
          const grants = grantsOf(context, options);
          const password = options.passwordFile === undefined ? undefined : readSecret(options.passwordFile);
          if (password !== undefined && !newPasswordSchema.safeParse(password).success)
            throw new CommandError(both('Пароль не короче 12 знаков', 'A password has at least 12 characters'));
          const fields = ['login', 'name', 'grants'];
          const added = await audited(context, 'user.add', login, { why: options.why, fields }, async (all) => {
            if (!(await all.add({ login, name: options.name ?? login, grants }))) return undefined;
            if (password === undefined) return all.invite(login);
            await all.setPassword(login, password);
            return null;
          });
          if (added === undefined)
            throw new CommandError(both(`Имя ${login} занято`, `The login ${login} is taken`), exitCodes.notAll);
          const told = added && linkTold(context, added);
          const ready = both(`Пользователь ${login}: ${grantsTold(grants)}`, `User ${login}: ${grantsTold(grants)}`);
          return {
            pieces: [{ line: ready }, ...(told ? [told.piece] : [])],
            json: { login, grants, ...(told && { link: told.link }) },
          };
        },
      ),
    );

  withRoles(users.command('roles <login>'))
    .description(say('сменить роли', 'change the roles'))
    .action(
      answer(async (context, text: string, options: Granted & Why): Promise<Told> => {
        const [login, grants] = [loginOf(text), grantsOf(context, options)];
        await change(context, login, { grants }, options);
        return {
          pieces: [{ line: both(`${login}: ${grantsTold(grants)}`, `${login}: ${grantsTold(grants)}`) }],
          json: { login, grants },
        };
      }),
    );

  withWhy(users.command('reset <login>'))
    .description(
      say(
        'новая одноразовая ссылка; прежний пароль действует, пока её не откроют',
        'a new one-time link; the old password holds until it is used',
      ),
    )
    .action(
      answer(async (context, text: string, options: Why): Promise<Told> => {
        const login = loginOf(text);
        const invitation = await audited(context, 'user.link', login, options, async (all) =>
          (await all.find(login)) ? all.invite(login) : undefined,
        ).catch((error: unknown) => {
          throw error instanceof OpenIdUserError ? isOfProvider() : error;
        });
        if (!invitation) throw noSuchUser(login);
        const { piece, link } = linkTold(context, invitation);
        return { pieces: [piece], json: { login, link } };
      }),
    );

  for (const [name, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    withWhy(users.command(`${name} <login>`))
      .description(
        disabled
          ? say('не пускать больше; все его сеансы кончаются', 'let them in no more; all their sessions end')
          : say('пускать снова', 'let them in again'),
      )
      .action(
        answer(async (context, text: string, options: Why): Promise<Told> => {
          const login = loginOf(text);
          await change(context, login, { disabled }, options);
          const done = disabled
            ? both(`${login} отключён`, `${login} is disabled`)
            : both(`${login} включён`, `${login} is enabled`);
          return { pieces: [{ line: done }], json: { login, disabled } };
        }),
      );

  withWhy(users.command('sign-out <login>'))
    .description(say('кончить все его сеансы', 'end all their sessions'))
    .action(
      answer(async (context, text: string, options: Why): Promise<Told> => {
        const login = loginOf(text);
        const sessions = new Sessions(await context.dataSource());
        const number = await audited(context, 'user.sign-out', login, options, () => sessions.endAll(login));
        return {
          pieces: [{ line: both(`Кончено сеансов: ${number}`, `Sessions ended: ${number}`) }],
          json: { login, number },
        };
      }),
    );
}
