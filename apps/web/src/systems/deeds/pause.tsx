import { Checkbox, Fieldset, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { Act } from '../../parts/act/act.js';
import { Icon } from '../../parts/icon.js';
import { useAnew } from '../api.js';

type Service = NonNullable<components['schemas']['PauseOrder']['services']>[number];
const services: readonly Service[] = [
  'onec-poller',
  'user-provisioner',
  'course-enroller',
  'success-reporter',
  'error-flagger',
  'ims-gateway',
];

function ChosenServices({ chosen, choose }: { chosen: Service[]; choose: (services: Service[]) => void }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t('systems.deeds.services')} p="xs">
      <Stack gap={10}>
        {services.map((service) => (
          <Checkbox
            key={service}
            label={service}
            checked={chosen.includes(service)}
            onChange={(event) =>
              choose(
                services.filter((each) => (each === service ? event.currentTarget.checked : chosen.includes(each))),
              )
            }
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

interface Whose {
  system: string;
  /** This one alone. */
  service?: Service;
}

/** Stops the work with a system, or some services of it, until a person resumes it. */
export function PauseSystem({ system, service }: Whose) {
  const { t } = useTranslation();
  const anew = useAnew();
  const [chosen, choose] = useState<Service[]>(service ? [service] : [...services]);
  const whose = service ? `${service} · ${system}` : system;
  const run = async (reason: string) => {
    const body = { reason, ...(chosen.length < services.length && { services: chosen }) };
    const paused = await ask(api.POST('/api/systems/{system}/pause', { params: { path: { system } }, body }));
    await anew();
    return t('systems.deeds.paused', { system, services: paused.services.join(', ') });
  };
  return (
    <Act
      {...{ run, needsReason: true, label: t('systems.deeds.pause'), leftSection: <Icon name="pause" /> }}
      title={t('systems.deeds.pauseTitle', { system: whose })}
      confirm={t('systems.deeds.pauseDo', { system: whose })}
    >
      <Stack gap="sm">
        <p>{t('systems.deeds.pauseText')}</p>
        {!service && <ChosenServices chosen={chosen} choose={choose} />}
      </Stack>
    </Act>
  );
}

export function ResumeSystem({ system, service }: Whose) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async (reason: string) => {
    const body = { ...(reason && { reason }), ...(service && { services: [service] }) };
    const now = await ask(api.POST('/api/systems/{system}/resume', { params: { path: { system } }, body }));
    await anew();
    const done =
      now.services.length > 0
        ? t('systems.deeds.resumed', { system, services: now.services.join(', ') })
        : t('systems.deeds.resumedNothing', { system });
    return now.pauses.length > 0 ? `${done} ${t('systems.deeds.still', { count: now.pauses.length })}` : done;
  };
  return (
    <Act
      {...{ run, variant: 'filled', label: t('systems.deeds.resume'), leftSection: <Icon name="play" /> }}
      title={t('systems.deeds.resumeTitle', { system: service ? `${service} · ${system}` : system })}
      confirm={t('systems.deeds.resumeDo')}
    >
      {t('systems.deeds.resumeText')}
    </Act>
  );
}
