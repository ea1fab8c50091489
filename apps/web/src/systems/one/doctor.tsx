import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import { Act } from '../../parts/act/act.js';
import { Known } from '../../parts/known.js';
import { StateBadge, type State } from '../../parts/state.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { When } from '../../parts/time/when.js';
import { useUser } from '../../sign-in/session.js';
import { useSaid } from '../../texts/language.js';
import { examinationsQuery, useAnew, type Examination, type Finding } from '../api.js';
import styles from './one.module.css';

const colours: Record<Finding['severity'], State> = { ok: 'well', advice: 'well', warning: 'self', error: 'person' };
const weights: Record<Finding['severity'], number> = { error: 0, warning: 1, advice: 2, ok: 3 };

/** What the doctor has found, each with its mend. `system` empty: what all systems stand on. */
export function Doctor({ system }: { system: string }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const query = useQuery(examinationsQuery);
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>
          {system === '' ? `${t('systems.doctor.title')}: ${t('systems.doctor.ground')}` : t('systems.doctor.title')}
        </h2>
        {may('failures.mend') && <Examine system={system} />}
      </div>
      <Known query={query} rows={3}>
        {(examinations) => <Found examination={examinations.find((each) => each.system === system)} />}
      </Known>
    </section>
  );
}

function Found({ examination }: { examination: Examination | undefined }) {
  const { t } = useTranslation();
  const said = useSaid();
  const [all, setAll] = useState(false);
  if (!examination) return <p className={styles.soft}>{t('systems.doctor.never')}</p>;
  const findings = examination.parts
    .flatMap(({ part, findings }) => findings.map((finding) => ({ part, ...finding })))
    .sort((a, b) => weights[a.severity] - weights[b.severity]);
  const ill = findings.filter(({ severity }) => severity !== 'ok');
  const columns: Column<(typeof findings)[number]>[] = [
    {
      key: 'severity',
      title: t('systems.state'),
      cell: ({ severity }) => (
        <StateBadge state={colours[severity]}>{t(`systems.doctor.severities.${severity}`)}</StateBadge>
      ),
    },
    { key: 'part', title: '', optional: true, cell: ({ part }) => t(`systems.doctor.parts.${part}`) },
    { key: 'what', title: t('systems.doctor.what'), wide: true, cell: ({ what }) => <bdi>{said(what)}</bdi> },
    { key: 'mend', title: t('systems.doctor.mend'), wide: true, cell: ({ mend }) => mend && said(mend) },
  ];
  const shown = all ? findings : ill;
  return (
    <>
      <div className={styles.head}>
        {examination.endedAt === null ? (
          <StateBadge state="self">{t('systems.doctor.running')}</StateBadge>
        ) : (
          <span className={styles.soft}>
            {t('systems.doctor.last')} <When time={examination.endedAt} />
            {`, ${examination.by === 'console' ? t('systems.doctor.hourly') : examination.by}`}
          </span>
        )}
        {ill.length === 0 && findings.length > 0 && <span>{t('systems.doctor.well', { count: findings.length })}</span>}
        {findings.length > 0 && (
          <Switch
            label={t('systems.doctor.showWell')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
      </div>
      {shown.length > 0 && (
        <DataTable
          label={t('systems.doctor.title')}
          columns={columns}
          rows={shown}
          rowKey={({ part, check, what }) => `${part} ${check} ${what.en}`}
        />
      )}
    </>
  );
}

function Examine({ system }: { system: string }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async () => {
    if (system === '') await ask(api.POST('/api/examination'));
    else await ask(api.POST('/api/systems/{system}/examination', { params: { path: { system } } }));
    await anew();
    return t('systems.doctor.begun');
  };
  return (
    <Act
      {...{ run, label: t('systems.doctor.run') }}
      title={t('systems.doctor.runTitle')}
      confirm={t('systems.doctor.run')}
    >
      {t('systems.doctor.runText')}
    </Act>
  );
}
