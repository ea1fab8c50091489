import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props<Value extends string> {
  label: string;
  value: Value | undefined;
  choices: { value: Value; label: string }[];
  change: (value: Value | undefined) => void;
}

/** One of several, or any. */
export function FilterChoice<Value extends string>({ label, value, choices, change }: Props<Value>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[{ value: '', label: t('parts.any') }, ...choices]}
      onChange={(event) => change((event.currentTarget.value || undefined) as Value | undefined)}
    />
  );
}
