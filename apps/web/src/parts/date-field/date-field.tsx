import '@mantine/dates/styles.css';
import 'dayjs/locale/ru.js';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../texts/language.js';
import { formatOf, readTyped, toCalendar, toClocks } from './clocks.js';

interface Props extends Pick<DateInputProps, 'label' | 'aria-label' | 'error' | 'w' | 'readOnly' | 'title'> {
  /** By the university's clocks: `2026-11-26T12:04`, or with seconds. */
  value: string | undefined;
  /** To the second, as 1C writes a document's date. */
  seconds?: boolean;
  change: (clocks: string | undefined) => void;
}

/** A moment, typed or chosen, as the language of the page writes it: the browser's own field speaks the browser's. */
export function DateField({ value, seconds = false, change, ...more }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState(false);
  const names = ['nextMonth', 'previousMonth', 'nextYear', 'previousYear', 'nextDecade', 'previousDecade'] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`parts.date.${name}`)]));
  return (
    <DateInput
      {...{ size: 'xs', locale: language, firstDayOfWeek: 1, withTime: true, clearable: true, ...more }}
      // colour says state: a Sunday has none
      weekendDays={[]}
      valueFormat={formatOf(language, seconds)}
      placeholder={t(seconds ? 'parts.date.placeholderSeconds' : 'parts.date.placeholder')}
      dateParser={(typed) => readTyped(typed, language, seconds)}
      value={toCalendar(value)}
      onChange={(chosen) => change(toClocks(chosen, seconds))}
      clearButtonProps={{ 'aria-label': t('parts.date.clear') }}
      ariaLabels={labels}
      // Esc closes the calendar first, and only then what stands around the field
      popoverProps={{ onOpen: () => setOpened(true), onClose: () => setOpened(false) }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && opened) event.preventDefault();
      }}
      {...{ 'data-mantine-stop-propagation': opened }}
    />
  );
}
