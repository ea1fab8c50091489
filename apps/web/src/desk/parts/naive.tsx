import { useLanguage } from '../../texts/language.js';
import type { Language } from '../../texts/texts.js';

/** 1C's date, `2026-11-27T10:15:00` in the time of the infobase: shown as it is, by no zone of ours. */
export function Naive({ date }: { date: string }) {
  return <time dateTime={date}>{naive(date, useLanguage())}</time>;
}

export function naive(date: string, language: Language): string {
  const moment = Date.parse(`${date}Z`);
  if (Number.isNaN(moment)) return date;
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: 'UTC',
  })
    .format(moment)
    .replace(',', '');
}
