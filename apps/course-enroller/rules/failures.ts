import { both, type Failure } from '#contracts';

export const courseUnknown = (idnumber: string): Failure => ({
  kind: 'course',
  cause: 'course-missing',
  about: idnumber,
  reason: both(
    `В Moodle нет курса с идентификатором «${idnumber}»`,
    `Moodle has no course with idnumber "${idnumber}"`,
  ),
  cure: both(
    'Создайте курс или впишите этот ID курса в настройках существующего и повторите сообщение',
    'Make the course, or set this course ID number in the settings of an existing one, and replay the message',
  ),
});

/** The file for Moodle names courses by their idnumber, and the table of courses does not have this one. */
export const courseUnmapped = (courseId: number): Failure => ({
  kind: 'course',
  cause: 'course-unmapped',
  about: String(courseId),
  reason: both(
    `В таблице курсов (imsFile.coursesFile) нет курса ${courseId}`,
    `The table of courses (imsFile.coursesFile) does not have course ${courseId}`,
  ),
  cure: both(
    'Допишите в таблицу строку «номер курса, ID курса», как в настройках курса в Moodle, и повторите сообщение',
    "Add a line «course's number, its ID number» to the table, as the course's settings in Moodle have it, and replay the message",
  ),
});

export const noAccountGiven: Failure = {
  kind: 'contract',
  cause: 'no-account',
  reason: both(
    'UserProvisioned учащегося не называет учётной записи Moodle',
    'UserProvisioned of an active student names no Moodle account',
  ),
};

/** AccountMissing has been sent, and its answer is not here or named the same account. */
export const accountGoneAgain: Failure = {
  kind: 'temporary',
  cause: 'account-missing',
  reason: both(
    'Учётной записи нет в Moodle, и повторный поиск её не вернул',
    'The account is not in Moodle, and looking it up again did not bring it back',
  ),
  cure: both(
    'Проверьте, кто удаляет учётные записи в Moodle, и повторите сообщение',
    'Find out who deletes accounts in Moodle, and replay the message',
  ),
};

export function roleUnknown(role: string): Failure {
  return {
    kind: 'configuration',
    cause: 'role-unknown',
    about: role,
    reason: both(
      `Для роли «${role}» не задан её номер в Moodle`,
      `No Moodle role id is configured for the role "${role}"`,
    ),
    cure: both(
      `Впишите номер роли в moodle.roles: «${role}: <номер>» (в Moodle: Администрирование, Определить роли, адрес страницы роли)`,
      `Add it to moodle.roles: "${role}: <id>" (in Moodle: Site administration, Define roles, the address of the role's page)`,
    ),
  };
}

/** So many at once, all refused in the same words and none before: it is not the students. */
export const enrolmentsRefusedAlike = (count: number, refusal: Failure): Failure => ({
  kind: 'configuration',
  cause: 'enrolments-refused-alike',
  reason: both(
    `Moodle одинаково отказала в записи на курсы ${count} студентам, причина не найдена: ${refusal.reason.ru}`,
    `Moodle refused to enrol ${count} students alike, and no cause was found: ${refusal.reason.en}`,
  ),
  cure: both(
    'Проверьте способ записи «Вручную», права сервисной учётной записи и установленные плагины; $CFG->debugusers для неё покажет причину',
    'Check the manual enrolment plugin, the rights of the service account and installed plugins; $CFG->debugusers for it shows the cause',
  ),
});
