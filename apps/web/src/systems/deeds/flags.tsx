import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import { Act } from '../../parts/act/act.js';
import { useAnew } from '../api.js';

/** Sets the Error flags in 1C that the hourly limit holds back. */
export function ReleaseFlags({ system }: { system: string }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async (reason: string) => {
    const released = await ask(
      api.POST('/api/systems/{system}/flags/release', { params: { path: { system } }, body: { reason } }),
    );
    await anew();
    return released.state === 'underWay'
      ? t('systems.deeds.flagsUnderWay')
      : t('systems.deeds.flagsDone', { count: released.flagged ?? 0 });
  };
  return (
    <Act
      {...{ run, needsReason: true, label: t('systems.deeds.flags') }}
      title={t('systems.deeds.flagsTitle')}
      confirm={t('systems.deeds.flagsDo')}
    >
      {t('systems.deeds.flagsText')}
    </Act>
  );
}

/** Error rows left in 1C by lost answers are looked after. */
export function ClearLostAnswers({ system }: { system: string }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async () => {
    await ask(api.POST('/api/systems/{system}/lost-answers/cleared', { params: { path: { system } } }));
    await anew();
    return t('systems.deeds.clearedDone', { system });
  };
  return (
    <Act
      {...{ run, label: t('systems.deeds.cleared') }}
      title={t('systems.deeds.clearedTitle')}
      confirm={t('systems.deeds.clearedDo')}
    >
      {t('systems.deeds.clearedText')}
    </Act>
  );
}
