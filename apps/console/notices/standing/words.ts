import { both, type Bilingual, type FailureKind } from '#contracts';
import type { StandingTrouble, TroubleKind } from '../trouble.js';

const failureKinds: Record<FailureKind, Bilingual> = {
  outage: both('перебой', 'an outage'),
  temporary: both('временная ошибка', 'a temporary error'),
  configuration: both('настройка', 'a setting'),
  student: both('данные студентов', 'data of students'),
  course: both('курс', 'course'),
  unexplained: both('причина не найдена', 'no cause found'),
  contract: both('сообщение не по договору', 'a message that breaks its schema'),
  crash: both('сбой службы', 'a crash of the service'),
};

const words: Record<TroubleKind, (trouble: StandingTrouble) => Bilingual> = {
  failures: ({ failureKind, cause, course, number, students = 0, services = [] }) => {
    const [kind, where] = [failureKinds[failureKind!], services.join(', ')];
    const which = course ? ` ${course}` : '';
    return both(
      `Неудачи, ${kind.ru}${which}: ${cause} (${where}). Сообщений: ${number}, студентов: ${students}`,
      `Failures, ${kind.en}${which}: ${cause} (${where}). Messages: ${number}, students: ${students}`,
    );
  },
  configuration: ({ services = [] }) =>
    both(
      `Работа остановлена из-за неверной настройки: ${services.join(', ')}`,
      `Work is paused because of a wrong setting: ${services.join(', ')}`,
    ),
  silence: ({ hours }) =>
    both(
      `Ничего не приходило дольше положенного (рабочих часов: ${hours})`,
      `Nothing has come for longer than it should (business hours: ${hours})`,
    ),
  'flags-held': () =>
    both('Отметки Error задержаны и ждут решения', 'Error flags are held back and wait for a decision'),
  'removals-held': () =>
    both(
      'Приостановки записей на курсы задержаны и ждут решения',
      'Suspensions of enrolments are held back and wait for a decision',
    ),
  'page-lost': () => both('Ответы 1С потеряны', 'Answers of 1C were lost'),
  'mirror-old': () => both('Зеркало 1С:Университета устарело', 'The mirror of 1C:University is too old'),
  found: ({ cause, services = [], number }) =>
    both(
      `${services.join(', ')}: ${cause} (найдено: ${number})`,
      `${services.join(', ')}: ${cause} (found: ${number})`,
    ),
};

/** What stands, in one sentence. */
export const textOf = (trouble: StandingTrouble): Bilingual => words[trouble.kind](trouble);
