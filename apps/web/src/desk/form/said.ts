import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableDeed } from './grid/deeds.js';

/** What a deed in the table did, in a sentence: it is seen under the table, and heard. */
export function useSaidDeed(): (deed: TableDeed) => string {
  const { t } = useTranslation();
  return useCallback(
    (deed) => {
      switch (deed.kind) {
        case 'entered':
          return t('desk.form.said.entered', { count: deed.lines });
        case 'marked':
          return t(deed.several ? 'desk.form.said.marked' : 'desk.form.said.unmarked', { count: deed.lines });
        case 'pasted': {
          const pasted = t('desk.form.said.pasted', { count: deed.lines });
          return deed.leftOver > 0 ? `${pasted} ${t('desk.form.said.leftOver', { count: deed.leftOver })}` : pasted;
        }
        case 'loaded':
          return t('desk.spreadsheet.done', { count: deed.lines });
        case 'refused':
          return t('desk.form.said.refused', { row: deed.row, text: deed.text });
      }
    },
    [t],
  );
}
