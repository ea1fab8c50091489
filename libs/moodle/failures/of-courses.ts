import { both, type Bilingual, type Failure } from '#contracts';

const course = (id: number, cause: string, reason: Bilingual, cure: Bilingual): Failure => ({
  kind: 'course',
  cause,
  about: String(id),
  reason,
  cure,
});

export const courseMissing = (id: number): Failure =>
  course(
    id,
    'course-missing',
    both(`Курса ${id} в Moodle нет`, `There is no course ${id} in Moodle`),
    both('Исправьте привязку дисциплины к курсу', 'Correct the binding of the discipline to the course'),
  );

export const noManualEnrolment = (id: number): Failure =>
  course(
    id,
    'no-manual-enrolment',
    both(
      `В курсе ${id} нет действующего способа записи «Вручную»`,
      `Course ${id} has no enabled manual enrolment method`,
    ),
    both(
      'Добавьте или включите его: курс > Участники > Способы записи; модуль «Зачисление вручную» должен быть включён на сайте',
      'Add or enable it: course > Participants > Enrolment methods; the manual plugin must be enabled for the site',
    ),
  );

export const courseNotAccessible = (id: number): Failure =>
  course(
    id,
    'course-not-accessible',
    both(`Курс ${id} скрыт от сервисной учётной записи`, `Course ${id} is hidden from the service account`),
    both(
      'Откройте курс или разрешите роли сервисной учётной записи moodle/course:viewhiddencourses',
      'Show the course, or allow moodle/course:viewhiddencourses in the role of the service account',
    ),
  );

export const courseForbidden = (id: number, capability: string): Failure =>
  course(
    id,
    'course-forbidden',
    both(
      `В курсе ${id} у сервисной учётной записи отнято право ${capability}`,
      `In course ${id} the service account is denied the capability ${capability}`,
    ),
    both(
      'Уберите запрет: курс > Участники > Права, или в категории курса',
      'Remove the override: course > Participants > Permissions, or in the category of the course',
    ),
  );
