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

interface Props {
  pauses: Pause[];
  /** Where pauses of several systems stand. */
  named?: boolean;
}

/** Who stands still, since when and why, and what to do about it: services that stand still for one reason in one line. */
export function PauseLines({ pauses, named = false }: Props) {
  const byReason = new Map<string, Pause[]>();
  for (const pause of pauses) {
    const key = JSON.stringify([pause.system, pause.kind, pause.reason, pause.by]);
    byReason.set(key, [...(byReason.get(key) ?? []), pause]);
  }
  return [...byReason].map(([key, alike]) => (
    <div key={key}>
      <PauseLine {...{ alike, named }} />
    </div>
  ));
}

function PauseLine({ alike, named }: { alike: Pause[]; named: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  const [first] = [...alike].sort((a, b) => a.since.localeCompare(b.since));
  const { since, reason, cure, by, kind, system } = first!;
  return (
    <StateText state={stateOf(first!)}>
      {named && `${system}, `}
      {alike.map(({ service }) => service).join(', ')}, {t('failures.sinceText')} <Since time={since} />:{' '}
      <bdi>
        {said(reason)
          .slice(0, 500)
          .replace(/[.\s]+$/, '')}
      </bdi>
      {kind === 'person' && by && ` (${by})`}. {cure && said(cure)}
    </StateText>
  );
}
