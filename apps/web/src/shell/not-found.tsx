import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../parts/known.js';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('shell.notFound')}</h1>
      <Empty title={t('shell.notFoundText')}>
        <Link to="/">{t('shell.toOverview')}</Link>
      </Empty>
    </>
  );
}
