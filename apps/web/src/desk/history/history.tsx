import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { historyQuery, type Change } from '../api.js';
import { keyOfLine, type Line } from '../form/sheet/lines.js';
import { Naive } from '../parts/naive.js';

/** Who bound this, when, from what to what, and by which document. */
export function History({ system, line, close }: { system: string; line: Line; close: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(historyQuery(system, keyOfLine(line)));
  const columns: Column<Change>[] = [
    { key: 'period', title: t('desk.documents.date'), cell: ({ period }) => <Naive date={period} /> },
    { key: 'from', title: t('desk.history.from'), numeric: true, cell: ({ from }) => from ?? '—' },
    { key: 'to', title: t('desk.history.to'), numeric: true, cell: ({ to }) => to },
    { key: 'author', title: t('desk.author'), wide: true, cell: ({ author }) => author },
    {
      key: 'document',
      title: t('desk.documents.number'),
      cell: ({ document, number }) => (
        <Link to="/desk/documents/$id" params={{ id: document }}>
          {number || document.slice(0, 8)}
        </Link>
      ),
    },
  ];
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('desk.history.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <Text size="sm" mb={8}>
        {line.curriculum.name}, {line.discipline.name}, {t('desk.history.semester', { semester: line.semester })}
      </Text>
      <Known query={query} rows={3}>
        {(changes) =>
          changes.length === 0 ? (
            <Empty title={t('desk.history.none')} />
          ) : (
            <DataTable
              label={t('desk.history.title')}
              columns={columns}
              rows={changes}
              rowKey={({ period }) => period}
            />
          )
        }
      </Known>
    </Modal>
  );
}
