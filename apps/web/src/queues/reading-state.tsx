import { useTranslation } from 'react-i18next';
import { StateBadge } from '../parts/state.js';
import { PauseBadge } from '../systems/pause-line.js';
import type { ServiceQueues } from './api.js';

/** Is a queue read, and if not, why? */
export function ReadingState({ row: { pauses, missing, consumers, processes } }: { row: ServiceQueues }) {
  const { t } = useTranslation();
  const [pause] = pauses;
  if (missing.length > 0)
    return <StateBadge state="person">{t('queues.absent', { count: missing.length })}</StateBadge>;
  if (pause) return <PauseBadge pause={pause} />;
  if (processes.some(({ silent, inHand }) => silent && inHand > 0))
    return <StateBadge state="person">{t('queues.silent')}</StateBadge>;
  if (consumers === 0) return <StateBadge state="person">{t('queues.nobody')}</StateBadge>;
  return <StateBadge state="well">{t('queues.reads')}</StateBadge>;
}
