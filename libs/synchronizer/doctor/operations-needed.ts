import { both, ill, well, type Finding } from '#contracts';
import { operationNames, type OperationName } from '../soap/operations.js';
import type { Description } from '../soap/wsdl.js';
import type { OnecCircumstances } from './circumstances.js';

const update = both(
  'Обновите расширение ITK_Synchronizer в 1С и опубликуйте веб-сервис заново',
  'Update the extension ITK_Synchronizer in 1C and publish the web service anew',
);

/** What the lack of an operation means. */
const lacks: Record<OperationName, (about: OnecCircumstances) => Finding> = {
  GetStudents: () =>
    ill(
      'operation GetStudents',
      'error',
      both('Нет GetStudents: неоткуда взять студентов', 'No GetStudents: there is nowhere to take students from'),
      update,
    ),
  SetCronflag: () =>
    ill(
      'operation SetCronflag',
      'error',
      both(
        'Нет SetCronflag: 1С не узнает об исходе и будет предлагать первых студентов снова и снова',
        'No SetCronflag: 1C hears of no outcome and offers the first students over and over',
      ),
      update,
    ),
  SetErrorCronflag: ({ setErrorCronflag }) =>
    setErrorCronflag === 'yes'
      ? ill(
          'operation SetErrorCronflag',
          'error',
          both(
            'Нет SetErrorCronflag, а в настройках setErrorCronflag: yes',
            'No SetErrorCronflag, but the setting setErrorCronflag is yes',
          ),
          both('Поставьте synchronizer.setErrorCronflag: auto', 'Set synchronizer.setErrorCronflag to auto'),
        )
      : ill(
          'operation SetErrorCronflag',
          'warning',
          both(
            'Нет SetErrorCronflag: об ошибке студента 1С услышит «позже» и предложит его снова через 1–24 часа; ошибка видна только в консоли',
            'No SetErrorCronflag: of a student\'s failure 1C hears "later" and offers the student again in 1 to 24 hours; the failure shows in the console alone',
          ),
          update,
        ),
  BindingsSince: () =>
    ill(
      'operation BindingsSince',
      'advice',
      both(
        'Нет BindingsSince: изменённая привязка курса дойдёт до студента, когда 1С предложит его снова (через срок period)',
        'No BindingsSince: a changed course binding reaches a student when 1C offers the student again (after the setting period)',
      ),
      both(
        'С чужой публикацией так и должно быть; сократите period, если это долго',
        'With a foreign publication that is as it should be; shorten period if it is too long',
      ),
    ),
  ErrorsSince: () =>
    ill(
      'operation ErrorsSince',
      'advice',
      both(
        'Нет ErrorsSince: ошибку, которую нашла сама 1С, она называет один раз; если её ответ потеряется, тулкит лишь скажет об этом (itk status)',
        'No ErrorsSince: a fault that 1C finds itself it says once; when that answer is lost, the toolkit can only say so (itk status)',
      ),
      both('С чужой публикацией так и должно быть', 'With a foreign publication that is as it should be'),
    ),
  Reoffer: () =>
    ill(
      'operation Reoffer',
      'advice',
      both(
        'Нет Reoffer: кнопка «спросить 1С снова» лишь подскажет, какие записи регистра Synchronization удалить',
        'No Reoffer: the button "ask 1C again" can only say which rows of the register Synchronization to delete',
      ),
      both('С чужой публикацией так и должно быть', 'With a foreign publication that is as it should be'),
    ),
};

/** Do namespace and operations of the publication fit the settings? */
export function aboutTheDescription({ namespace, operations }: Description, about: OnecCircumstances): Finding[] {
  const findings: Finding[] = [];
  if (namespace !== about.namespace)
    findings.push(
      ill(
        'namespace',
        'error',
        both(
          `Пространство имён веб-сервиса ${namespace}, а в настройках ${about.namespace}`,
          `The namespace of the web service is ${namespace}, configured is ${about.namespace}`,
        ),
        both(`Поставьте synchronizer.namespace: ${namespace}`, `Set synchronizer.namespace to ${namespace}`),
      ),
    );
  const missing = operationNames.filter((name) => !operations.includes(name));
  findings.push(...missing.map((name) => lacks[name](about)));
  if (missing.length === 0) findings.push(well('operations', 'Все операции есть', 'All operations are there'));
  if (about.setErrorCronflag === 'no' && operations.includes('SetErrorCronflag'))
    findings.push(
      ill(
        'operation SetErrorCronflag',
        'advice',
        both(
          'SetErrorCronflag есть, но настройка setErrorCronflag: no её не использует: регистр 1С не покажет ошибок',
          "SetErrorCronflag is there, but the setting setErrorCronflag: no leaves it unused: 1C's register shows no errors",
        ),
        both('Поставьте synchronizer.setErrorCronflag: auto', 'Set synchronizer.setErrorCronflag to auto'),
      ),
    );
  return findings;
}
