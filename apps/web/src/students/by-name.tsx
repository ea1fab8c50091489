import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { leastOfName, namedQuery, type Named } from './api.js';

/** Students of 1C's mirror by their present names; where nothing can answer, why not. */
export function ByName({ name }: { name: string }) {
  const { t } = useTranslation();
  const query = useQuery(namedQuery(name));
  if (name.length < leastOfName) return <Empty title={t('students.nameTooShort')} />;
  const columns: Column<Named>[] = [
    {
      key: 'name',
      title: t('students.name'),
      wide: true,
      cell: ({ code, lastname, firstname, middlename }) => (
        <Link to="/students/$code" params={{ code }}>
          <bdi>{[lastname, firstname, middlename].filter(Boolean).join(' ')}</bdi>
        </Link>
      ),
    },
    { key: 'code', title: t('students.code'), cell: ({ code }) => code },
    { key: 'group', title: t('students.group'), cell: ({ group }) => group },
  ];
  return (
    <Known query={query}>
      {({ students, more }) =>
        students.length === 0 ? (
          <Empty title={t('students.nobodyNamed')}>{t('students.nobodyNamedText')}</Empty>
        ) : (
          <>
            <p>
              {t('students.found', { count: students.length })}
              {more && ` ${t('students.moreNamed')}`}
            </p>
            <DataTable label={t('students.byName')} columns={columns} rows={students} rowKey={({ code }) => code} />
          </>
        )
      }
    </Known>
  );
}
