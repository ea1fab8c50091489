import { useTranslation } from 'react-i18next';
import { isKind } from '../failures/api.js';
import { StateBadge } from '../parts/state.js';

/** A student's newest outcome: as 1C wants it, a kind of failure, or none yet. */
export function OutcomeBadge({ outcome }: { outcome: string | null }) {
  const { t } = useTranslation();
  if (outcome === null) return <StateBadge state="self">{t('students.unknown')}</StateBadge>;
  if (isKind(outcome))
    return <StateBadge state="person">{t('students.failedOf', { kind: t(`failures.kinds.${outcome}`) })}</StateBadge>;
  return <StateBadge state="well">{outcome === 'synchronized' ? t('students.synchronized') : outcome}</StateBadge>;
}
