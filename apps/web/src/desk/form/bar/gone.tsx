import { Button } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../parts/icon.js';
import styles from '../form.module.css';
import { zero, type TableDeed } from '../grid/deeds.js';
import { placesWith } from '../sheet/sheet.js';
import type { SheetStore } from '../sheet/store.js';

/** Bindings with a course that no curriculum has any more: they stand apart, and may be set to zero. */
export function Gone({ sheet, say }: { sheet: SheetStore; say: (deed: TableDeed) => void }) {
  const { t } = useTranslation();
  const { lines } = useSyncExternalStore(sheet.subscribe, sheet.sheet);
  const filter = useSyncExternalStore(sheet.subscribe, sheet.filter);
  const gone = useMemo(() => placesWith(lines, ({ state, course }) => state === 'gone' && course !== 0), [lines]);
  const shown = filter.only === 'gone';
  if (gone.length === 0) return null;
  return (
    <div className={styles.run}>
      <Icon name="alert" size={16} />
      <div>{t('desk.gone.text', { count: gone.length })}</div>
      <Button
        variant="default"
        aria-pressed={shown}
        onClick={() => sheet.display(shown ? { ...filter, only: undefined } : { only: 'gone' })}
      >
        {t(shown ? 'desk.gone.back' : 'desk.gone.show')}
      </Button>
      <Button
        variant="default"
        onClick={() => {
          const said = zero(sheet, gone);
          if (said) say(said);
        }}
      >
        {t('desk.gone.zero', { count: gone.length })}
      </Button>
    </div>
  );
}
