import { both, type Failure, type Origin } from '#contracts';

/** The field of the system that is set to `per: individual` is not in what 1C sends. */
export const individualMissing = (code: string): Failure => ({
  kind: 'contract',
  cause: 'individual-missing',
  reason: both(
    `У студента ${code} нет поля individual, а учётные записи этой системы ведутся по физическим лицам`,
    `Student ${code} comes without the field individual, and this system has one account for each human`,
  ),
  cure: both(
    'Передавайте individual в GetStudents или задайте accounts.per: student',
    'Have GetStudents send individual, or set accounts.per: student',
  ),
});

/** Two sources tell of one student: who came first keeps them, or each would undo what the other says. */
export const originTaken = (code: string, owner: Origin): Failure => ({
  kind: 'contract',
  cause: 'origin-taken',
  reason:
    owner === 'ims'
      ? both(
          `Студент ${code} этой системы уже ведётся по файлам IMS; сведения из 1С не применены`,
          `Student ${code} of this system is already kept by IMS files; what 1C tells is not applied`,
        )
      : both(
          `Студент ${code} этой системы уже ведётся из 1С; сведения файла IMS не применены`,
          `Student ${code} of this system is already kept by 1C; what the IMS file tells is not applied`,
        ),
  cure: both(
    'Оставьте студента одному источнику: удалите его из второго или измените код. Чтобы передать его, отчислите в первом (в файле IMS recstatus 3), затем повторите сообщение',
    'Leave the student to one source: remove them from the second, or give them another code. To hand them over, withdraw them in the first (recstatus 3 in an IMS file), then replay the message',
  ),
});

/** Moodle's importer reads by regular expressions and decodes nothing: what something is found by must be plain. */
export const notForFile = (field: string): Failure => ({
  kind: 'student',
  cause: 'file-unwritable',
  about: field,
  reason: both(
    `В файле для Moodle нельзя записать ${field}: есть &, <, ]]> или лишние пробелы, а импортёр их не прочтёт`,
    `The ${field} cannot be written in a file for Moodle: it holds &, <, ]]> or needless blanks, which the importer cannot read`,
  ),
  cure: both(
    'Исправьте код или адрес в 1С либо шаблон в accounts: изменение придёт само',
    'Correct the code or the address in 1C, or the template in accounts: the change arrives by itself',
  ),
});

/** Of two persons of a file the first keeps the username. */
export const usernameInFileTaken: Failure = {
  kind: 'student',
  cause: 'username-taken',
  about: 'username',
  reason: both(
    'Логин уже у другого человека этого файла',
    'The username belongs to another person of this file already',
  ),
  cure: both(
    'Исправьте шаблон accounts.username или код студента в 1С',
    'Correct the template accounts.username or the code in 1C',
  ),
};

export const nameMissing = (which: 'firstname' | 'lastname'): Failure => ({
  kind: 'student',
  cause: `${which}-empty`,
  reason:
    which === 'lastname'
      ? both('У студента не заполнена фамилия: Moodle требует её', 'The student has no last name: Moodle requires one')
      : both('У студента не заполнено имя: Moodle требует его', 'The student has no first name: Moodle requires one'),
  cure: both(
    `Заполните ФИО физического лица в 1С; если у человека одно имя, задайте accounts.missingNames.${which}`,
    `Fill in the full name of the individual in 1C; for persons of one name set accounts.missingNames.${which}`,
  ),
});

export const usernameEmpty: Failure = {
  kind: 'student',
  cause: 'username-empty',
  reason: both(
    'Из данных студента не получается имени входа: после транслитерации не осталось ни одной буквы или цифры',
    'No username can be made of the student: no letter or digit is left after transliteration',
  ),
  cure: both(
    'Исправьте ФИО в 1С или шаблон accounts.username',
    'Mend the name in 1C or the template accounts.username',
  ),
};

export const emailEmpty: Failure = {
  kind: 'student',
  cause: 'email-empty',
  reason: both(
    'Из данных студента не получается адреса: перед @ не осталось ни одной буквы или цифры',
    'No address can be made of the student: no letter or digit is left before the @',
  ),
  cure: both(
    'Возьмите шаблон accounts.email, который годится для всех, например {username}@students.invalid, или исправьте ФИО в 1С',
    'Use a template accounts.email that fits everybody, such as {username}@students.invalid, or mend the name in 1C',
  ),
};

/** A username made from the code is held by an account that is not this person's. */
export const usernameHeld = (username: string, holder: { id?: number; idnumber: string }): Failure => ({
  kind: 'student',
  cause: 'username-taken',
  ...(holder.id !== undefined && { about: String(holder.id) }),
  reason: both(
    `Имя входа ${username} занято другой учётной записью Moodle:${holder.id === undefined ? '' : ` id ${holder.id},`} ` +
      (holder.idnumber ? `idnumber «${holder.idnumber}»` : 'idnumber пуст'),
    `The username ${username} is held by another account in Moodle:${holder.id === undefined ? '' : ` id ${holder.id},`} ` +
      (holder.idnumber ? `idnumber "${holder.idnumber}"` : 'no idnumber'),
  ),
  cure: holder.idnumber
    ? both(
        'Переименуйте ту учётную запись в Moodle или исправьте её idnumber, затем повторите сообщение',
        'Rename that account in Moodle or mend its idnumber, then replay the message',
      )
    : both(
        'Если это учётная запись того же студента, впишите в её idnumber код студента (или задайте accounts.adopt: username); иначе переименуйте её. Затем повторите сообщение',
        "If it is the same student's account, put the student's code into its idnumber (or set accounts.adopt: username); else rename it. Then replay the message",
      ),
});

export const usernamesExhausted: Failure = {
  kind: 'student',
  cause: 'usernames-exhausted',
  reason: both(
    'Все имена входа этого ряда заняты: не нашлось свободного номера',
    'Every username of this series is held: no free number was found',
  ),
  cure: both(
    'Возьмите шаблон accounts.username, который различает студентов лучше, например с {code}',
    'Use a template accounts.username that tells students apart better, for example with {code}',
  ),
};

/** Moodle does not keep idnumber unique, and nothing says which of these accounts is the student's. */
export const accountAmbiguous = (ids: readonly number[]): Failure => ({
  kind: 'student',
  cause: 'account-ambiguous',
  about: ids.join(','),
  reason: both(
    `В Moodle несколько учётных записей с idnumber этого студента: id ${ids.join(', ')}`,
    `Several accounts in Moodle carry this student's idnumber: id ${ids.join(', ')}`,
  ),
  cure: both(
    'Оставьте idnumber только у одной из них и повторите сообщение',
    'Leave the idnumber on one of them only and replay the message',
  ),
});

/** A race: between the look-up and the creation somebody took the name. The next try takes the next one. */
export const usernameTakenMeanwhile: Failure = {
  kind: 'temporary',
  cause: 'username-taken-meanwhile',
  reason: both(
    'Имя входа заняли, пока создавалась учётная запись; будет взято следующее',
    'The username was taken while the account was being made; the next one will be used',
  ),
};

/** Looked up and answered once for this revision already, and still course-enroller does not find the account. */
export const accountMissingAgain = (code: string, moodleUserId: number | undefined): Failure => ({
  kind: 'unexplained',
  cause: 'account-missing-again',
  ...(moodleUserId !== undefined && { about: String(moodleUserId) }),
  reason: both(
    `Учётная запись студента ${code} снова не находится при зачислении, хотя её только что нашли или создали` +
      (moodleUserId === undefined ? '' : ` (id ${moodleUserId})`),
    `The account of student ${code} is missing again when enrolling, though it was just found or made` +
      (moodleUserId === undefined ? '' : ` (id ${moodleUserId})`),
  ),
  cure: both(
    'Проверьте, не удаляет ли учётные записи другая программа и видит ли их сервисная учётная запись',
    'See whether another program deletes accounts, and whether the service account may see them',
  ),
});

export const studentUnknown = (code: string): Failure => ({
  kind: 'unexplained',
  cause: 'student-unknown',
  reason: both(
    `О студенте ${code} здесь ничего не известно: учётную запись не из чего создать`,
    `Nothing is known here of student ${code}: there is nothing to make the account of`,
  ),
  cure: both('Запросите студента у 1С заново', 'Ask 1C again for the student'),
});

/** So many at once, all refused in the same words and none before: it is not the students. */
export const refusedAlike = (count: number, refusal: Failure): Failure => ({
  kind: 'configuration',
  cause: `refused-alike:${refusal.cause}`,
  reason: both(
    `Moodle одинаково отказала ${count} студентам подряд без видимой причины: ${refusal.reason.ru}`,
    `Moodle refused ${count} students alike, and no cause was found: ${refusal.reason.en}`,
  ),
  cure: both(
    'Проверьте настройки Moodle (плагины, политика паролей, права сервисной учётной записи) и раздел accounts; включите $CFG->debugusers для сервисной учётной записи, чтобы увидеть причину',
    "Check Moodle's settings (plugins, password policy, the service account's rights) and the section accounts; set $CFG->debugusers for the service account to see the cause",
  ),
});
