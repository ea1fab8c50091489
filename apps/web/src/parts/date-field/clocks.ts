import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import type { Language } from '../../texts/texts.js';

dayjs.extend(customParseFormat);

/** How a moment is written, and what of it may be left out while one types. */
export const formatOf: Record<Language, string> = { ru: 'DD.MM.YYYY HH:mm', en: 'YYYY-MM-DD HH:mm' };
const inside = 'YYYY-MM-DD HH:mm:ss';

/** What was typed, as the calendar wants it; null: it is no moment yet. Without a time it is the beginning of the day. */
export function readTyped(typed: string, language: Language): string | null {
  const format = formatOf[language];
  const tidy = typed.trim().replaceAll(/\s+/g, ' ');
  const read = [format, format.replace('HH', 'H'), format.split(' ')[0]!]
    .map((each) => dayjs(tidy, each, true))
    .find((each) => each.isValid());
  return read ? read.format(inside) : null;
}

/** `2026-11-26T12:04`, as an address has it, for the calendar and back. */
export const toCalendar = (clocks: string | undefined): string | null =>
  clocks && dayjs(clocks).isValid() ? dayjs(clocks).format(inside) : null;
export const toClocks = (calendar: string | null): string | undefined => calendar?.slice(0, 16).replace(' ', 'T');
