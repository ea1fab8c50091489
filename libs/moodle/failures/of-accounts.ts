import { both, type Bilingual, type Failure } from '#contracts';

const inOneC = both(
  'Исправьте данные студента в 1С: изменение придёт само',
  'Correct the data of the student in 1C: the change arrives by itself',
);

const student = (cause: string, reason: Bilingual, cure = inOneC, about?: string): Failure => ({
  kind: 'student',
  cause,
  reason,
  cure,
  ...(about && { about }),
});

/** Fields by their column in Moodle, as people call them. */
const called: Record<string, Bilingual> = {
  username: both('логин', 'username'),
  firstname: both('имя', 'first name'),
  lastname: both('фамилия', 'last name'),
  middlename: both('отчество', 'middle name'),
  email: both('адрес электронной почты', 'email address'),
  idnumber: both('внешний идентификатор', 'ID number'),
};
const nameOf = (field: string): Bilingual => called[field] ?? both(`поле ${field}`, `field ${field}`);

export const fieldEmpty = (field: string): Failure =>
  student(`${field}-empty`, both(`Пусто: ${nameOf(field).ru}`, `Empty: ${nameOf(field).en}`), inOneC, field);

export const fieldTooLong = (field: string, most: number): Failure =>
  student(
    `${field}-too-long`,
    both(
      `Длиннее ${most} знаков, которые хранит Moodle: ${nameOf(field).ru}`,
      `Longer than the ${most} characters Moodle holds: ${nameOf(field).en}`,
    ),
    inOneC,
    field,
  );

export const fieldIllegal = (field: string): Failure =>
  student(
    `${field}-illegal`,
    both(
      `Содержит тег или управляющий символ, которых Moodle не принимает: ${nameOf(field).ru}`,
      `Holds a tag or a control character, which Moodle does not take: ${nameOf(field).en}`,
    ),
    inOneC,
    field,
  );

export const countryInvalid = (): Failure =>
  student(
    'country-invalid',
    both('Страна — не код из двух латинских букв', 'The country is not a code of two letters'),
    both('Исправьте accounts.fields.country или данные в 1С', 'Correct accounts.fields.country or the data in 1C'),
    'country',
  );

export const usernameInvalid = (): Failure =>
  student(
    'username-invalid',
    both('Логин может состоять только из a-z, 0-9 и . _ - @', 'A username may hold only a-z, 0-9 and . _ - @'),
    both('Исправьте шаблон accounts.username или код студента в 1С', 'Correct accounts.username or the code in 1C'),
  );

export const emailInvalid = (): Failure =>
  student(
    'email-invalid',
    both(
      'Moodle не принимает такой адрес электронной почты (кириллица, localhost или ошибка в записи)',
      'Moodle does not take such an email address (non-ASCII, localhost, or not an address)',
    ),
    both(
      'Проверьте шаблон accounts.email, затем данные студента в 1С',
      'Check the template accounts.email, then the data of the student in 1C',
    ),
  );

/** Who holds it is said by number and idnumber: names and addresses stay out of the text. */
const heldBy = (holder: { id: number; idnumber: string } | undefined): Bilingual =>
  !holder
    ? both('', '')
    : both(
        `: учётная запись ${holder.id}, ${holder.idnumber ? `внешний идентификатор ${holder.idnumber}` : 'без внешнего идентификатора'}`,
        `: by account ${holder.id}, ${holder.idnumber ? `ID number ${holder.idnumber}` : 'without ID number'}`,
      );

export const usernameTaken = (holder?: { id: number; idnumber: string }): Failure =>
  student(
    'username-taken',
    both(`Логин студента занят${heldBy(holder).ru}`, `The username of the student is taken${heldBy(holder).en}`),
    both(
      'Разберитесь, чья это учётная запись: переименуйте или удалите её в Moodle, либо впишите в неё внешний ' +
        'идентификатор этого студента; затем повторите',
      'Find out whose account it is: rename or delete it in Moodle, or give it the ID number of this student; then replay',
    ),
  );

export const emailTaken = (holder?: { id: number; idnumber: string }): Failure =>
  student(
    'email-taken',
    both(
      `Адрес электронной почты студента занят${heldBy(holder).ru}`,
      `The email address of the student is taken${heldBy(holder).en}`,
    ),
    both(
      'Исправьте адрес в 1С или у той учётной записи, либо разрешите в Moodle одинаковые адреса (allowaccountssameemail)',
      'Correct the address in 1C or at that account, or allow equal addresses in Moodle (allowaccountssameemail)',
    ),
  );

const account = (kind: 'temporary' | 'unexplained', cause: string, reason: Bilingual, cure: Bilingual): Failure => ({
  kind,
  cause,
  reason,
  cure,
});

/** Temporary: the next pass looks for the account anew, and makes one. */
export const accountMissing = (id: number): Failure =>
  account(
    'temporary',
    'account-missing',
    both(`Учётной записи ${id} в Moodle нет: её удалили`, `Account ${id} is not in Moodle: it was deleted`),
    both('Она будет создана заново', 'It will be created anew'),
  );

export const accountProtected = (id: number): Failure =>
  account(
    'unexplained',
    'account-protected',
    both(
      `Учётную запись ${id} Moodle менять не даёт: администратор, гость или запись другого сайта`,
      `Moodle does not let account ${id} be changed: an administrator, the guest, or of another site`,
    ),
    both(
      'Дайте студенту отдельную учётную запись с его внешним идентификатором',
      'Give the student an account of their own with their ID number',
    ),
  );

export const accountUnconfirmed = (id: number): Failure =>
  account(
    'unexplained',
    'account-unconfirmed',
    both(`Учётная запись ${id} не подтверждена`, `Account ${id} is not confirmed`),
    both('Подтвердите её в списке пользователей Moodle и повторите', 'Confirm it in the list of users, then replay'),
  );

export const accountUnreadable = (): Failure =>
  account(
    'unexplained',
    'account-unreadable',
    both(
      'Учётная запись есть, но Moodle не может её показать: недопустимый логин, удалённый способ входа или теги в имени',
      'The account is there, but Moodle cannot show it: an illegal username, an uninstalled plugin, or tags in the name',
    ),
    both(
      'Исправьте логин, способ входа или имя этой учётной записи в Moodle и повторите',
      'Mend its username, authentication method or name in Moodle, then replay',
    ),
  );
