import { both, fromFailure, ill, well, type Finding } from '#contracts';
import { usersByField } from '../accounts/look-up.js';
import type { Caller } from '../transport/caller.js';
import type { MoodleUser } from '../types.js';
import type { Circumstances } from './circumstances.js';

/** Accounts that would get in the way of those expected. Told by number and idnumber, never by name. */
export async function accountsInTheWay(caller: Caller, { expected = [], adopt }: Circumstances): Promise<Finding[]> {
  if (expected.length === 0) return [];
  const byKey = await usersByField(
    caller,
    'idnumber',
    expected.map(({ idnumber }) => idnumber),
  );
  const byName = await usersByField(
    caller,
    'username',
    expected.map(({ username }) => username),
  );
  const findings = [
    ...duplicates(byKey.users),
    ...held(expected, byKey.users, byName.users, adopt),
    ...byKey.unreadable.map(({ value, failure }) => fromFailure(`account ${value}`, failure)),
  ];
  if (findings.length > 0) return findings;
  return [well('accounts', 'Учётные записи не мешают', 'No account is in the way')];
}

function duplicates(users: readonly MoodleUser[]): Finding[] {
  const holders = new Map<string, number[]>();
  for (const { id, idnumber } of users) holders.set(idnumber, [...(holders.get(idnumber) ?? []), id]);
  return [...holders]
    .filter(([, ids]) => ids.length > 1)
    .map(([idnumber, ids]) =>
      ill(
        `idnumber ${idnumber}`,
        'error',
        both(
          `Внешний идентификатор ${idnumber} у нескольких учётных записей: ${ids.join(', ')}`,
          `Several accounts have the ID number ${idnumber}: ${ids.join(', ')}`,
        ),
        both(
          'Оставьте его одной из них; остальные заблокируйте или удалите',
          'Leave it to one of them; suspend or delete the others',
        ),
      ),
    );
}

function held(
  expected: NonNullable<Circumstances['expected']>,
  byKey: readonly MoodleUser[],
  byName: readonly MoodleUser[],
  adopt: Circumstances['adopt'],
): Finding[] {
  const keys = new Set(byKey.map(({ idnumber }) => idnumber));
  const names = new Map(byName.map((user) => [user.username, user]));
  return expected.flatMap(({ username, idnumber }): Finding[] => {
    const holder = names.get(username);
    if (!holder || keys.has(idnumber) || holder.idnumber === idnumber) return [];
    const check = `account ${idnumber}`;
    if (holder.idnumber !== '') return [ill(check, 'error', heldByAnother(holder), makeRoom)];
    return adopt === 'username'
      ? [adopted(check, holder)]
      : [ill(check, 'warning', heldByNobody(holder), giveKey(idnumber))];
  });
}

const heldByAnother = ({ id, idnumber }: MoodleUser) =>
  both(
    `Логин этого студента у учётной записи ${id} с внешним идентификатором ${idnumber}`,
    `Account ${id} with the ID number ${idnumber} has the username of this student`,
  );
const heldByNobody = ({ id }: MoodleUser) =>
  both(
    `Логин этого студента у учётной записи ${id} без внешнего идентификатора`,
    `Account ${id} without an ID number has the username of this student`,
  );
const makeRoom = both(
  'Переименуйте ту учётную запись или измените шаблон accounts.username',
  'Rename that account, or change the template accounts.username',
);
const giveKey = (idnumber: string) =>
  both(
    `Если это он, впишите ей внешний идентификатор ${idnumber} или поставьте accounts.adopt: username; если нет — переименуйте её`,
    `If it is the student's, give it the ID number ${idnumber} or set accounts.adopt to username; if not, rename it`,
  );
const adopted = (check: string, { id }: MoodleUser): Finding =>
  ill(
    check,
    'advice',
    both(
      `Учётная запись ${id} будет принята как учётная запись этого студента`,
      `Account ${id} will be taken for this student's`,
    ),
    both('Если это не он, переименуйте её до запуска', 'If it is not, rename it before the start'),
  );
