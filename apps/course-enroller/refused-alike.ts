import { both, type Failure } from '#contracts';

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
