import { useTranslation } from 'react-i18next';
import { useLocation } from '@tanstack/react-router';
import { GreyLines } from '../parts/grey-lines.js';
import { PageHead } from '../parts/page-head.js';
import { pageAt } from './pages.js';

/** As long as a page's own code is fetched. */
export function PageIsComing() {
  const { t } = useTranslation();
  const page = pageAt(useLocation().pathname);
  return (
    <>
      {page && <PageHead title={t(`shell.${page.name}`)} />}
      <GreyLines />
    </>
  );
}
