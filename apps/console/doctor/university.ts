import { both, ill } from '#contracts';
import { examineMapping, type MappingExamined } from '#odata';
import { readSecret, SecretError, type Configuration } from '#platform';
import { naiveOf } from '#synchronizer';

/**
 * Does the mapping fit 1C's OData? Nothing where the mirror is not filled from there. `whole`: with what takes tens of
 * seconds and what shows records, by a person's wish.
 */
export async function examineUniversity(
  { onecComponent: component }: Pick<Configuration, 'onecComponent'>,
  whole: boolean,
): Promise<MappingExamined> {
  if (!component?.mirror.odata) return { findings: [], sections: [] };
  const { url, user, passwordFile, mappingFile } = component.mirror.odata;
  const now = naiveOf(Date.now() / 1000, component.zone);
  try {
    readSecret(passwordFile);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    const finding = ill(
      'odata',
      'error',
      both(error.message, error.message),
      both('Исправьте onecComponent.mirror.odata.passwordFile', 'Mend onecComponent.mirror.odata.passwordFile'),
    );
    return { findings: [finding], sections: [] };
  }
  return examineMapping({ url, user, password: () => readSecret(passwordFile), mappingFile, now, whole });
}
