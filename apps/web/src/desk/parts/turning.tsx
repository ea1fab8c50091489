import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Pages } from '../../parts/table/pages.js';
import { pageSize } from '../api.js';

type To = '/desk/documents' | '/desk/groups' | '/desk/students' | '/desk/curricula' | '/desk/synchronization';

/** Under a list in pages. */
export function Turning({ page, total, to }: { page: number; total: number; to: To }) {
  const { t } = useTranslation();
  const last = Math.max(1, Math.ceil(total / pageSize));
  return (
    <Pages
      total={total}
      first={
        page > 1 && (
          <Link to={to} search={(before) => ({ ...before, page: undefined })}>
            {t('parts.first')}
          </Link>
        )
      }
      next={
        page < last && (
          <Link to={to} search={(before) => ({ ...before, page: page + 1 })}>
            {t('parts.next')}
          </Link>
        )
      }
    />
  );
}
