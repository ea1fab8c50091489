import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.js';

/** Who tells of a system's students, and how its Moodle is written to. */
export function Ways({
  of: { fedBy, writtenBy },
}: {
  of: Pick<components['schemas']['SystemName'], 'fedBy' | 'writtenBy'>;
}) {
  const { t } = useTranslation();
  return <>{`${fedBy.map((from) => t(`systems.ways.${from}`)).join(' + ')} → ${t(`systems.ways.${writtenBy}`)}`}</>;
}
