import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.js';
import { DateField } from '../../parts/date-field/date-field.js';
import { useZone } from '../../parts/time/zone.js';
import { entered, nameOf, type Field } from './draft.js';
import styles from './edit.module.css';
import { Shown, useFieldName } from './value.js';

interface Props {
  field: Field;
  /** Undefined: nobody has touched it. */
  text: string | undefined;
  changed: boolean;
  /** What the schema says against it. */
  complaint: string | undefined;
  change: (text: string | undefined) => void;
}

/** What is there, and what it becomes. */
export function FieldRow({ field, text, changed, complaint, change }: Props) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const name = nameOf(field.path);
  return (
    <tr data-changed={changed || undefined}>
      <th scope="row">{name === undefined ? field.path : t(`edit.fields.${name}`)}</th>
      <td className={styles.before} data-label={t('edit.before')}>
        {changed ? (
          <del>
            <Shown type={field.type} value={field.value} />
          </del>
        ) : (
          <Shown type={field.type} value={field.value} />
        )}
      </td>
      <td data-label={t('edit.after')}>
        <div className={styles.after}>
          <Entry {...{ field, text, complaint, change, label: fieldName(field.path) }} />
          {changed && (
            <UnstyledButton
              className={styles.back}
              aria-label={t('edit.putBack', { field: fieldName(field.path) })}
              title={t('edit.back')}
              onClick={() => change(undefined)}
            >
              <Icon name="cross" size={12} />
            </UnstyledButton>
          )}
        </div>
      </td>
    </tr>
  );
}

function Entry({ field, text, complaint, change, label }: Omit<Props, 'changed'> & { label: string }) {
  const { t } = useTranslation();
  const zone = useZone();
  const value = text ?? entered(field, zone);
  const common = { 'aria-label': label, error: complaint, w: '100%' };
  if (field.type === 'moment')
    return <DateField {...common} value={value || undefined} change={(clocks) => change(clocks ?? '')} />;
  if (field.type === 'role')
    return (
      <NativeSelect
        {...{ ...common, value, data: field.choices ?? [] }}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...{ ...common, value, autoComplete: 'off', spellCheck: false, maxLength: 1_000 }}
      {...(field.type === 'number' && { inputMode: 'numeric' as const })}
      placeholder={field.optional ? t('edit.none') : undefined}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
