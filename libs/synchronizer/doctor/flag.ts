import { DateTime } from 'luxon';
import { both, ill, well, type Bilingual, type Finding } from '#contracts';
import type { SynchronizerCalls } from '../calls.js';
import type { OnecCircumstances } from './circumstances.js';
import type { Offered } from './offered.js';

export const flagNotTested = ill(
  'flag',
  'advice',
  both(
    'Проба отметкой не делалась: зона и часы самой базы не доказаны',
    "The flag test was not made: the infobase's own zone and clock are not proved",
  ),
  both(
    'Назовите студента, которого 1С предлагает: itk doctor СИСТЕМА --student КОД. Отметка на час вперёд должна его скрыть',
    'Name a student whom 1C offers: itk doctor SYSTEM --student CODE. A flag one hour ahead must hide the student',
  ),
);

const hour = 3600;

/**
 * Clock and zone of the infobase, by a flag one hour behind, which must hide nobody, and one an hour ahead, which must
 * hide the student. `now`: milliseconds. Whoever calls gives the student back.
 */
export async function testFlag(
  calls: SynchronizerCalls,
  offered: Offered,
  { els, zone, window }: OnecCircumstances,
  student: string,
  now: () => number,
): Promise<Finding> {
  const seconds = () => Math.floor(now() / 1000);
  const hiddenUntil = async (period: number): Promise<boolean> => {
    offered.flagged.add(student);
    const [refused] = await calls.setCronflag([{ code: student, period }], els);
    if (refused) throw new FlagRefused(refused.reason);
    return !(await offered.lists(student));
  };
  if (!(await offered.lists(student)))
    return ill(
      'flag',
      'advice',
      both(
        `Не проверено: студента ${student} нет среди первых ${window}, кого 1С предлагает`,
        `Not examined: student ${student} is not among the first ${window} whom 1C offers`,
      ),
      both(
        'Назовите другого: этот скрыт, уже не учится или стоит дальше в списке',
        'Name another: this one is hidden, studies no more, or stands further down the list',
      ),
    );
  try {
    if (await hiddenUntil(seconds() - hour))
      return off(
        'Отметка, истёкшая час назад, всё ещё скрывает студента: 1С держит отметки дольше срока',
        'A flag that ended an hour ago still hides the student: 1C keeps flags for too long',
        zone,
      );
    if (await hiddenUntil(seconds() + hour))
      return well(
        'flag',
        'Отметка на час вперёд скрыла студента: часы и зона базы верны. ' +
          (offered.canReoffer ? 'Отметка снята' : 'Через час 1С предложит его снова'),
        "A flag one hour ahead has hidden the student: the infobase's clock and zone are right. " +
          (offered.canReoffer ? 'The flag is taken back' : 'In an hour 1C offers the student again'),
      );
    const offset = DateTime.fromMillis(now(), { zone }).offset * 60;
    if (offset > 0 && (await hiddenUntil(seconds() + hour + offset)))
      return off(
        `Отметка на час вперёд не скрыла студента, а на ${offset / hour} ч дальше — скрыла: 1С принимает время Unix за местное, ` +
          'и отметки истекают раньше срока',
        `A flag one hour ahead did not hide the student, one ${offset / hour} h later did: 1C takes Unix time for its own wall ` +
          'clock, and flags end before their time',
        zone,
      );
    return off(
      'Отметка на час вперёд не скрыла студента: 1С не держит отметок',
      'A flag one hour ahead did not hide the student: 1C does not keep flags',
      zone,
    );
  } catch (error) {
    if (!(error instanceof FlagRefused)) throw error;
    return ill(
      'flag',
      'error',
      both(`1С не приняла отметку: ${error.message}`, `1C did not take the flag: ${error.message}`),
      both(
        'Проверьте права учётной записи на регистр Synchronization',
        "Check the account's right to write the register Synchronization",
      ),
    );
  }
}

class FlagRefused extends Error {}

const off = (ru: string, en: string, zone: string): Finding => ill('flag', 'error', both(ru, en), mendOf(zone));

const mendOf = (zone: string): Bilingual =>
  both(
    `Сверьте synchronizer.zone (${zone}) с часовым поясом базы и часы сервера 1С; в SetCronflag период переводится так: ` +
      'МестноеВремя(Дата(1970,1,1) + Период, ЧасовойПоясСеанса())',
    `Compare synchronizer.zone (${zone}) with the zone of the infobase, and the clock of 1C's server; SetCronflag must convert ` +
      'a period so: ToLocalTime(Date(1970,1,1) + Period, SessionTimeZone())',
  );
