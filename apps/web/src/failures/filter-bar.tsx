import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FilterChoice } from '../parts/table/filter-choice.js';
import { FilterText } from '../parts/table/filter-text.js';
import styles from '../parts/table/table.module.css';
import { useSystemNames } from '../systems/names.js';
import { failureStates, kinds } from './api.js';
import type { FailuresSearch } from './search.js';

export function FilterBar({ search }: { search: FailuresSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/failures' });
  const systems = useSystemNames();
  // another filter begins at its first page
  const change = (part: FailuresSearch) =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...part }), replace: true });
  return (
    <div className={styles.bar} role="search">
      {systems.length > 1 && (
        <FilterChoice
          label={t('failures.system')}
          value={search.system}
          choices={systems.map(({ system }) => ({ value: system, label: system }))}
          change={(system) => change({ system })}
        />
      )}
      <FilterChoice
        label={t('failures.kind')}
        value={search.kind}
        choices={kinds.map((kind) => ({ value: kind, label: t(`failures.kinds.${kind}`) }))}
        change={(kind) => change({ kind })}
      />
      {search.view === 'list' && (
        <FilterChoice
          label={t('failures.state')}
          value={search.state}
          choices={failureStates.map((state) => ({ value: state, label: t(`failures.states.${state}`) }))}
          change={(state) => change({ state })}
        />
      )}
      {search.view === 'list' && (
        <FilterText
          label={t('failures.code')}
          value={search.code}
          change={(code) => change({ code })}
          leftSection={undefined}
          w={130}
        />
      )}
      <FilterText label={t('failures.searchLabel')} value={search.text} change={(text) => change({ text })} w={240} />
    </div>
  );
}
