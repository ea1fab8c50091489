import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { useUser } from '../sign-in/session.js';
import type { components } from '../api/schema.js';
import { Doctor } from './one/doctor.js';
import { systemNamesQuery } from './names.js';
import { Ways } from './ways.js';

type SystemName = components['schemas']['SystemName'];

export function SystemsPage() {
  const { t } = useTranslation();
  const { may } = useUser();
  const query = useQuery(systemNamesQuery);
  const columns: Column<SystemName>[] = [
    {
      key: 'system',
      title: t('systems.system'),
      cell: ({ system }) =>
        may('overview.see') ? (
          <Link to="/systems/$system" params={{ system }}>
            {system}
          </Link>
        ) : (
          system
        ),
    },
    { key: 'els', title: t('systems.els'), cell: ({ els }) => els },
    { key: 'ways', title: t('systems.ways.title'), cell: (named) => <Ways of={named} /> },
    {
      key: 'moodle',
      title: t('systems.moodle'),
      wide: true,
      cell: ({ moodle }) => (
        <a href={moodle} rel="noreferrer">
          {moodle}
        </a>
      ),
    },
  ];
  return (
    <Known query={query} title={t('systems.title')}>
      {(systems) => (
        <>
          <PageHead title={t('systems.title')} answer={t('systems.answer', { count: systems.length })} />
          {systems.length === 0 ? (
            <Empty title={t('systems.none')}>{t('systems.noneText')}</Empty>
          ) : (
            <DataTable label={t('systems.title')} columns={columns} rows={systems} rowKey={({ system }) => system} />
          )}
          {may('overview.see') && <Doctor system="" />}
        </>
      )}
    </Known>
  );
}
