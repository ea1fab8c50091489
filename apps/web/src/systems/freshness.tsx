import { useTranslation } from 'react-i18next';
import type { SystemStatus } from '../overview/api.js';
import { StateText } from '../parts/state.js';
import { Since, When } from '../parts/time/when.js';

/** Nothing has come for longer than it should. `always`: when it came last is told, too, where all is well. */
export function Freshness({ status, always = false }: { status: SystemStatus; always?: boolean }) {
  const { t } = useTranslation();
  const { lastCame, silentHours } = status;
  if (silentHours !== null && lastCame)
    return (
      <StateText state="person">
        {t('systems.silent', { count: silentHours })} <Since time={lastCame} />
      </StateText>
    );
  if (!always) return null;
  if (!lastCame) return <span>{t('systems.nothingCame')}</span>;
  return (
    <span>
      {t('systems.lastCame')} <When time={lastCame} />
    </span>
  );
}
