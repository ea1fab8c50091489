import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { elsQuery, type Els } from '../api.js';

interface Props {
  title: string;
  /** Code of the ELS that was chosen; else the first one. */
  system: string | undefined;
  children: (els: Els[], system: string) => ReactNode;
}

/** What is seen in one ELS; where there is none yet, the page says so. */
export function InEls({ title, system, children }: Props) {
  const { t } = useTranslation();
  return (
    <Known query={useQuery(elsQuery)} title={title}>
      {({ els }) => {
        const chosen = system ?? els[0]?.code;
        if (chosen !== undefined) return children(els, chosen);
        return (
          <>
            <PageHead title={title} />
            <Empty title={t('desk.groups.noEls')} />
          </>
        );
      }}
    </Known>
  );
}
