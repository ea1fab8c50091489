import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import { AskedOutcome } from '../../failures/deeds/ask.js';
import { Act } from '../../parts/act/act.js';
import { useAnew } from '../api.js';

/** Has the poller ask 1C without waiting for its interval. */
export function AskNow({ system }: { system: string }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async () => {
    const { state } = await ask(api.POST('/api/systems/{system}/ask-now', { params: { path: { system } } }));
    await anew();
    const told = { asking: 'asking', paused: 'askPaused', underWay: 'askUnderWay' } as const;
    return t(`systems.deeds.${told[state]}`, { system });
  };
  return (
    <Act
      {...{ run, label: t('systems.deeds.askNow') }}
      title={t('systems.deeds.askNowTitle')}
      confirm={t('systems.deeds.askNowDo')}
    >
      {t('systems.deeds.askNowText')}
    </Act>
  );
}

const whom = ['codes', 'group', 'curriculum'] as const;
type Whom = (typeof whom)[number];
const labels = { codes: 'againCodesLabel', group: 'againGroupLabel', curriculum: 'againCurriculumLabel' } as const;
const choices = { codes: 'againCodes', group: 'againGroup', curriculum: 'againCurriculum' } as const;

/** Has 1C offer students, a group or those of a curriculum again. */
export function AskAgainOf({ system }: { system: string }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const [which, setWhich] = useState<Whom>('codes');
  const [text, setText] = useState('');
  const run = async (reason: string) => {
    const given = text.trim();
    const body = {
      ...(which === 'codes' ? { codes: given.split(/[\s,;]+/).filter(Boolean) } : { [which]: given }),
      ...(reason && { reason }),
    };
    const asked = await ask(api.POST('/api/systems/{system}/ask-again', { params: { path: { system } }, body }));
    setText('');
    await anew();
    return <AskedOutcome {...asked} />;
  };
  return (
    <Act
      {...{ run, label: t('systems.deeds.again') }}
      title={t('systems.deeds.againTitle')}
      confirm={t('systems.deeds.againDo')}
    >
      <Stack gap="sm">
        <p>{t('systems.deeds.againText')}</p>
        <NativeSelect
          label={t('systems.deeds.againWhom')}
          value={which}
          data={whom.map((value) => ({ value, label: t(`systems.deeds.${choices[value]}`) }))}
          onChange={(event) => setWhich(event.currentTarget.value as Whom)}
        />
        <TextInput
          {...{ label: t(`systems.deeds.${labels[which]}`), value: text, required: true, withAsterisk: false }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Stack>
    </Act>
  );
}
