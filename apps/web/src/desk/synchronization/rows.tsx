import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateText } from '../../parts/state.js';
import { DataTable, type Column, type Selection } from '../../parts/table/data-table.js';
import { LongText } from '../../parts/text/long-text.js';
import { useUser } from '../../sign-in/session.js';
import { elsQuery } from '../api.js';
import { Naive } from '../parts/naive.js';
import { nameOfRow, type Row } from './api.js';
import { EditRow } from './edit.js';

/** Rows as the register has them; `selection` is for those who may delete. */
export function Rows({ rows, selection }: { rows: Row[]; selection?: Selection }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const els = useQuery(elsQuery).data?.els ?? [];
  const columns: Column<Row>[] = [
    {
      key: 'student',
      title: t('desk.synchronization.student'),
      cell: ({ student, system }) =>
        may('students.read') ? (
          <Link to="/desk/students/$code" params={{ code: student }} search={{ system }}>
            {student}
          </Link>
        ) : (
          student
        ),
    },
    { key: 'group', title: t('desk.synchronization.group'), optional: true, cell: ({ group }) => group },
    {
      key: 'els',
      title: t('desk.els'),
      cell: ({ system }) => els.find(({ code }) => code === system)?.name ?? system,
    },
    {
      key: 'until',
      title: t('desk.synchronization.until'),
      cell: ({ period, live }) => (
        <>
          <Naive date={period} /> {!live && t('desk.synchronization.isOver')}
        </>
      ),
    },
    {
      key: 'state',
      title: t('desk.synchronization.state'),
      cell: ({ error, kind, live }) =>
        error ? (
          <StateText state={live ? 'person' : 'well'}>
            {kind ? t(`desk.synchronization.kinds.${kind}`) : t('desk.synchronization.states.error')}
          </StateText>
        ) : (
          t('desk.synchronization.states.synchronized')
        ),
    },
    {
      key: 'text',
      title: t('desk.synchronization.said'),
      wide: true,
      cell: ({ text }) => text && <LongText length={160}>{text}</LongText>,
    },
  ];
  if (selection) columns.push({ key: 'deeds', title: '', cell: (row) => <EditRow row={row} /> });
  return (
    <DataTable
      label={t('desk.synchronization.title')}
      columns={columns}
      rows={rows}
      rowKey={nameOfRow}
      rowName={({ student }) => student}
      {...(selection && { selection })}
    />
  );
}
