import '@mantine/dates/styles.css';
import 'dayjs/locale/ru.js';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../texts/language.js';
import { formatOf, readTyped, toCalendar, toClocks } from './clocks.js';

interface Props extends Pick<DateInputProps, 'label' | 'aria-label' | 'error' | 'w' | 'readOnly'> {
  /** By the university's clocks: `2026-11-26T12:04`. */
  value: string | undefined;
  change: (clocks: string | undefined) => void;
}

/** A moment, typed or chosen, as the language of the page writes it: the browser's own field speaks the browser's. */
export function DateField({ value, change, ...more }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = ['nextMonth', 'previousMonth', 'nextYear', 'previousYear', 'nextDecade', 'previousDecade'] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`parts.date.${name}`)]));
  return (
    <DateInput
      {...{ size: 'xs', locale: language, firstDayOfWeek: 1, withTime: true, clearable: true, ...more }}
      // colour says state: a Sunday has none
      weekendDays={[]}
      valueFormat={formatOf[language]}
      placeholder={t('parts.date.placeholder')}
      dateParser={(typed) => readTyped(typed, language)}
      value={toCalendar(value)}
      onChange={(chosen) => change(toClocks(chosen))}
      clearButtonProps={{ 'aria-label': t('parts.date.clear') }}
      ariaLabels={labels}
    />
  );
}
