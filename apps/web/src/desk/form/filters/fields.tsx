import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { memo, useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../sheet/choices.js';
import styles from './filters.module.css';

export function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.block}>
      <legend>{title}</legend>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}

interface WordsProps {
  label: string;
  value: string | undefined;
  choices?: Choice[];
  numeric?: boolean;
  change: (value: string | undefined) => void;
}

/** What is typed narrows the table at once; names that there are are offered. */
export function Words({ label, value = '', choices, numeric = false, change }: WordsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <TextInput
        aria-label={label}
        list={choices && id}
        value={value}
        inputMode={numeric ? 'numeric' : 'search'}
        autoComplete="off"
        onChange={(event) => change(event.currentTarget.value || undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          event.stopPropagation();
          change(undefined);
        }}
        rightSection={
          value !== '' && (
            <CloseButton
              size="xs"
              tabIndex={-1}
              aria-label={`${t('desk.form.filter.clearField')}: ${label}`}
              onClick={() => change(undefined)}
            />
          )
        }
      />
      {choices && <Offered id={id} choices={choices} />}
    </label>
  );
}

/** Hundreds of names: not drawn anew with every letter. */
const Offered = memo(function Offered({ id, choices }: { id: string; choices: Choice[] }) {
  return (
    <datalist id={id}>
      {choices.map(({ value, label }) => (
        <option key={value} value={label} />
      ))}
    </datalist>
  );
});

interface OneOfProps {
  label: string;
  value: string | undefined;
  choices: Choice[];
  change: (value: string | undefined) => void;
}

export function OneOf({ label, value, choices, change }: OneOfProps) {
  const { t } = useTranslation();
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <NativeSelect
        aria-label={label}
        value={value ?? ''}
        data={[{ value: '', label: t('parts.any') }, ...choices]}
        onChange={(event) => change(event.currentTarget.value || undefined)}
      />
    </label>
  );
}
