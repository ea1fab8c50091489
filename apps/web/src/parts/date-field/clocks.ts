import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import type { Language } from '../../texts/texts.js';

dayjs.extend(customParseFormat);

const days: Record<Language, string> = { ru: 'DD.MM.YYYY', en: 'YYYY-MM-DD' };
const inside = 'YYYY-MM-DD HH:mm:ss';

/** How a moment is written: to the minute, or to the second. */
export const formatOf = (language: Language, seconds = false): string =>
  `${days[language]} ${seconds ? 'HH:mm:ss' : 'HH:mm'}`;

/** What was typed, as the calendar wants it; null: it is no moment yet. Without a time it is the beginning of the day. */
export function readTyped(typed: string, language: Language, seconds = false): string | null {
  const day = days[language];
  const tidy = typed.trim().replaceAll(/\s+/g, ' ');
  const times = ['', ' HH:mm', ' H:mm', ...(seconds ? [' HH:mm:ss', ' H:mm:ss'] : [])];
  const read = times.map((time) => dayjs(tidy, `${day}${time}`, true)).find((each) => each.isValid());
  return read ? read.format(inside) : null;
}

/** `2026-11-26T12:04`, as an address has it, or with seconds, as 1C has it; for the calendar and back. */
export const toCalendar = (clocks: string | undefined): string | null =>
  clocks && dayjs(clocks).isValid() ? dayjs(clocks).format(inside) : null;
export const toClocks = (calendar: string | null, seconds = false): string | undefined =>
  calendar?.slice(0, seconds ? 19 : 16).replace(' ', 'T');
