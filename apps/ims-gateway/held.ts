import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { sayHeldBack, type HeldBack } from '#persistence';
import { FileLedger } from './ledger/file-ledger.js';
import { service } from './window.js';

const heldFiles: HeldBack = {
  service,
  check: 'ims-file-held',
  alarm: 'ims-file-held',
  alarmText:
    'An IMS file would remove more than its share: it is held and nothing of it is applied. Look at it (itk ims files); if it is as it should be, release it (itk ims release)',
  troubleOf: (system) => ({
    what: both(
      'Файл IMS задержан: он убрал бы больше людей или ролей, чем позволяет ims.removalShare. Ничего из него не применено',
      'An IMS file is held: it would remove more persons or roles than ims.removalShare allows. Nothing of it is applied',
    ),
    mend: both(
      `Посмотрите, цела ли выгрузка: itk ims files ${system}. Если так и должно быть: itk ims release ${system}; если нет, положите в папку исправленный файл, он заменит задержанный`,
      `See whether the export is whole: itk ims files ${system}. If it is as it should be: itk ims release ${system}; if not, put a mended file into the folder, it takes the place of the one that is held`,
    ),
  }),
};

/** Says whether a file waits for a person. */
export async function raiseHeldFiles(system: string, dataSource: DataSource): Promise<void> {
  const held = await new FileLedger(dataSource).held(system);
  await sayHeldBack(dataSource, heldFiles, system, held.length);
}
