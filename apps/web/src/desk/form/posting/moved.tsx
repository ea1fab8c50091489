import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../../parts/table/data-table.js';
import { StateText } from '../../../parts/state.js';
import type { Foreseen } from '../../api.js';
import { Naive } from '../../parts/naive.js';
import styles from './posting.module.css';

type MovedLine = Foreseen['moved'][number];

/** Lines whose binding somebody has moved since it was shown, or later than the document's date. */
export function Moved({ moved }: { moved: MovedLine[] }) {
  const { t } = useTranslation();
  const columns: Column<MovedLine>[] = [
    { key: 'discipline', title: t('desk.form.columns.discipline'), wide: true, cell: ({ discipline }) => discipline },
    { key: 'shown', title: t('desk.posting.shown'), numeric: true, cell: ({ shown }) => shown?.course ?? '—' },
    {
      key: 'now',
      title: t('desk.posting.now'),
      wide: true,
      cell: ({ now }) =>
        now && (
          <>
            {now.course} · {now.author ?? ''} {now.number && `№ ${now.number}`}, <Naive date={now.period} />
          </>
        ),
    },
    { key: 'mine', title: t('desk.posting.mine'), numeric: true, cell: ({ courseId }) => courseId },
    {
      key: 'why',
      title: t('desk.posting.outcome'),
      cell: ({ newer }) => (
        <StateText state={newer ? 'person' : 'self'}>
          {t(newer ? 'desk.posting.withoutEffect' : 'desk.posting.takesBack')}
        </StateText>
      ),
    },
  ];
  return (
    <div className={styles.moved}>
      <p>{t('desk.posting.moved', { count: moved.length })}</p>
      <DataTable
        label={t('desk.posting.moved', { count: moved.length })}
        columns={columns}
        rows={moved.slice(0, 200)}
        rowKey={({ line }) => String(line)}
      />
    </div>
  );
}
