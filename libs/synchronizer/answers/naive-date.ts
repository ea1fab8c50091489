import { DateTime } from 'luxon';

/** 1C's date: `2024-09-01T03:00:00`, without a zone, in the infobase's own time. Compares as text. */
export type NaiveDate = string;

const format = "yyyy-MM-dd'T'HH:mm:ss";

/** The infobase's wall clock at that second. */
export const naiveOf = (seconds: number, zone: string): NaiveDate =>
  DateTime.fromSeconds(Math.floor(seconds), { zone }).toFormat(format);

/** Unix seconds of an infobase date; of the hour that autumn repeats, the first. */
export const secondsOf = (date: NaiveDate, zone: string): number => DateTime.fromISO(date, { zone }).toUnixInteger();

/** 1C's AddMonth: the day is cut to the length of the month, 31 January + 1 is 28 or 29 February. */
export const addMonth = (date: NaiveDate, months: number): NaiveDate =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toFormat(format);
