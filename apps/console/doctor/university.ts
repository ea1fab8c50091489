import { both, ill, type Finding } from '#contracts';
import { examineMapping } from '#odata';
import { readSecret, SecretError, type Configuration } from '#platform';
import { naiveOf } from '#synchronizer';

/**
 * Does the mapping fit 1C's OData? Nothing where the mirror is not filled from there. `whole`: with what takes tens of
 * seconds and what shows records, by a person's wish.
 */
export async function examineUniversity(
  { onecComponent: component }: Pick<Configuration, 'onecComponent'>,
  whole: boolean,
): Promise<Finding[]> {
  if (!component?.mirror.odata) return [];
  const { url, user, passwordFile, mappingFile } = component.mirror.odata;
  const now = naiveOf(Date.now() / 1000, component.zone);
  try {
    readSecret(passwordFile);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    return [
      ill(
        'odata',
        'error',
        both(error.message, error.message),
        both('Исправьте onecComponent.mirror.odata.passwordFile', 'Mend onecComponent.mirror.odata.passwordFile'),
      ),
    ];
  }
  return examineMapping({ url, user, password: () => readSecret(passwordFile), mappingFile, now, whole });
}
