import { both, SynchronizationError, type Finding } from '#contracts';
import type { OperationName, SynchronizerClient } from '#synchronizer';

const needed: OperationName[] = ['GetStudents', 'SetCronflag'];

/** What each optional operation is for, and what is done without it. */
const optional: Partial<Record<OperationName, { without: Finding['what'] }>> = {
  SetErrorCronflag: {
    without: both(
      'Без неё 1С не видит ошибок студентов: слышит «позже», а сами ошибки остаются в консоли',
      'Without it 1C sees no errors of students: it hears "later", and the errors stay in the console',
    ),
  },
  BindingsSince: {
    without: both(
      'Без неё изменения привязок доходят до студента только с его следующим проходом',
      "Without it a changed binding reaches a student with the student's next pass only",
    ),
  },
  ErrorsSince: {
    without: both(
      'Без неё ошибка, найденная самой 1С, пропадает вместе с потерянным ответом: тулкит посчитает такие ответы (itk status)',
      'Without it a fault that 1C has found itself is lost with a lost answer: the toolkit counts such answers (itk status)',
    ),
  },
  Reoffer: {
    without: both(
      'Без неё «спросить 1С снова» делается вручную: удалением записей регистра Synchronization',
      'Without it "ask 1C again" is done by hand: by deleting records of the register Synchronization',
    ),
  },
};

/** Examines a publication of ITK_Synchronizer: reachable, allowed, and which operations it has. Changes nothing there. */
export async function examineOneC(
  client: Pick<SynchronizerClient, 'operations' | 'bindingsSince'>,
  els: string,
  { setErrorCronflag }: { setErrorCronflag: 'auto' | 'yes' | 'no' },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const names = await client.operations();
    findings.push({
      check: 'reachable',
      severity: 'ok',
      what: both('1С отвечает, учётная запись принята', '1C answers and takes the account'),
    });
    for (const name of needed)
      findings.push(
        names.includes(name)
          ? {
              check: `operation ${name}`,
              severity: 'ok',
              what: both(`Операция ${name} есть`, `It has the operation ${name}`),
            }
          : {
              check: `operation ${name}`,
              severity: 'error',
              what: both(`Нет операции ${name}`, `It has no operation ${name}`),
              mend: both(
                'Опубликуйте веб-сервис ITK_Synchronizer целиком',
                'Publish the whole web service ITK_Synchronizer',
              ),
            },
      );
    for (const [name, { without }] of Object.entries(optional))
      if (!names.includes(name))
        findings.push({
          check: `operation ${name}`,
          severity: name === 'SetErrorCronflag' && setErrorCronflag === 'yes' ? 'error' : 'advice',
          what: both(`Нет операции ${name}`, `It has no operation ${name}`),
          mend: without,
        });
    // Not GetStudents: 1C flags the faults it finds there, and tells of each of them once. This one changes nothing.
    if (names.includes('BindingsSince')) {
      await client.bindingsSince(els, Number.MAX_SAFE_INTEGER, 1);
      findings.push({
        check: 'els',
        severity: 'ok',
        what: both(`Система «${els}» есть в справочнике`, `The directory has the system "${els}"`),
      });
    }
  } catch (error) {
    if (!(error instanceof SynchronizationError)) throw error;
    const { reason, cure } = error.failure;
    findings.push({
      check: findings.length === 0 ? 'reachable' : 'examination',
      severity: 'error',
      what: reason,
      ...(cure && { mend: cure }),
    });
  }
  return findings;
}
