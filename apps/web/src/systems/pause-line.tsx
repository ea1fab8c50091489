import { useTranslation } from 'react-i18next';
import type { Pause } from '../overview/api.js';
import { StateBadge, StateText } from '../parts/state.js';
import { Since } from '../parts/time/when.js';
import { useSaid } from '../texts/language.js';

const stateOf = ({ kind }: Pause) => (kind === 'person' ? 'paused' : 'self');

export function PauseBadge({ pause }: { pause: Pause }) {
  const { t } = useTranslation();
  return <StateBadge state={stateOf(pause)}>{t(`systems.pauseKinds.${pause.kind}`)}</StateBadge>;
}

/** Who stands still, since when and why, and what to do about it. `named`: where pauses of several systems stand. */
export function PauseLine({ pause, named = false }: { pause: Pause; named?: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { service, since, reason, cure, by, kind } = pause;
  return (
    <StateText state={stateOf(pause)}>
      {named && `${pause.system}, `}
      {service}, {t('failures.sinceText')} <Since time={since} />:{' '}
      <bdi>
        {said(reason)
          .slice(0, 500)
          .replace(/[.\s]+$/, '')}
      </bdi>
      {kind === 'person' && by && ` (${by})`}. {cure && said(cure)}
    </StateText>
  );
}
