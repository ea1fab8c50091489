import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateField } from '../parts/date-field/date-field.js';
import { FilterChoice } from '../parts/table/filter-choice.js';
import { FilterText } from '../parts/table/filter-text.js';
import tableStyles from '../parts/table/table.module.css';
import { useSystemNames } from '../systems/names.js';
import { eventNames, type JournalSearch } from './api.js';

export function Bar({ search }: { search: JournalSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/journal' });
  const systems = useSystemNames();
  const change = (part: JournalSearch) =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...part }), replace: true });
  return (
    <div className={tableStyles.bar} role="search">
      {systems.length > 1 && (
        <FilterChoice
          label={t('journal.system')}
          value={search.system}
          choices={systems.map(({ system }) => ({ value: system, label: system }))}
          change={(system) => change({ system })}
        />
      )}
      <FilterChoice
        label={t('journal.event')}
        value={search.event}
        choices={eventNames.map((value) => ({ value, label: t(`journal.events.${value}`) }))}
        change={(event) => change({ event })}
      />
      <FilterText label={t('journal.code')} value={search.code} change={(code) => change({ code })} w={160} />
      <DateField
        {...{ label: t('journal.since'), value: search.since, w: 190, change: (since) => change({ since }) }}
      />
      <DateField
        {...{ label: t('journal.before'), value: search.before, w: 190, change: (before) => change({ before }) }}
      />
    </div>
  );
}
