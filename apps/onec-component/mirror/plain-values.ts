import { DateTime } from 'luxon';
import { both, unstorableIn, type Bilingual } from '#contracts';
import type { NaiveDate } from '#synchronizer';

/** A value that means nothing plain. It says what is needed and what stands there in kind, never the value. */
export class Misread extends Error {
  override name = 'Misread';
  constructor(
    readonly needed: Bilingual,
    readonly found: Bilingual,
    /** Field within field: `lines.3.semester`. */
    readonly field = '',
  ) {
    super(`${field}: ${needed.en} is needed, ${found.en} stands there`);
  }

  /** As seen from outside the field. */
  within(field: string): Misread {
    return new Misread(this.needed, this.found, this.field === '' ? field : `${field}.${this.field}`);
  }
}

/** Reads what a value of 1C plainly means. Throws {@link Misread}. */
export type ValueReader<T> = (value: unknown) => T;

const empty = (value: unknown): boolean => value === null || value === undefined || value === '';

export function kindOf(value: unknown): Bilingual {
  if (value === null || value === undefined) return both('ничего', 'nothing');
  if (Array.isArray(value)) return both('список', 'a list');
  switch (typeof value) {
    case 'string':
      return value.trim() === ''
        ? both('пустой текст', 'an empty text')
        : both(`текст из ${value.length} знаков`, `a text of ${value.length} characters`);
    case 'number':
      return both('число', 'a number');
    case 'boolean':
      return both('да или нет', 'true or false');
    default:
      return both('запись', 'a record');
  }
}

const misread = (ru: string, en: string, value: unknown): Misread => new Misread(both(ru, en), kindOf(value));

function characters(value: string): string {
  const unstorable = unstorableIn(value);
  if (unstorable) throw new Misread(both('текст', 'a text'), unstorable);
  return value.trim();
}

/** A text; nothing is an empty one, and a number is its digits. Fixed-length strings are padded with spaces. */
export const text: ValueReader<string> = (value) => {
  if (empty(value)) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw misread('текст', 'a text', value);
  const read = characters(value);
  if (read.length > 1000) throw misread('текст до 1000 знаков', 'a text of at most 1000 characters', value);
  return read;
};

/** A text, or nothing. */
export const maybeText: ValueReader<string | null> = (value) =>
  value === null || value === undefined ? null : text(value);

/** A code of a directory: a text, since a number has lost its leading zeros. */
export const code: ValueReader<string> = (value) => {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 100)
    throw misread('код: текст от 1 до 100 знаков', 'a code, a text of 1 to 100 characters,', value);
  return characters(value);
};

/** A code, or an empty text. */
export const maybeCode: ValueReader<string> = (value) =>
  empty(value) || (typeof value === 'string' && value.trim() === '') ? '' : code(value);

/** PostgreSQL's int. */
const largest = 2_147_483_647;
/** 1C writes 1 234 with a no-break space where a number went through String(). */
const spaces = /[\s\u00A0\u202F]/g;

/** A whole number, as such or as text; nothing where there is none. */
export const maybeWhole: ValueReader<number | null> = (value) => {
  const given = typeof value === 'string' ? value.replace(spaces, '') : value;
  if (empty(given)) return null;
  const number = typeof given === 'string' && /^[+-]?\d{1,20}([.,]0+)?$/.test(given) ? parseInt(given, 10) : given;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw misread('целое число', 'a whole number', value);
  if (Math.abs(number) > largest)
    throw new Misread(
      both(`целое число не больше ${largest}`, `a whole number of at most ${largest}`),
      both('большее', 'a larger one'),
    );
  return number;
};

/** A number of 1C that is never less than 0; an empty one is 0. */
export const count: ValueReader<number> = (value) => {
  const number = maybeWhole(value) ?? 0;
  if (number < 0) throw misread('число не меньше 0', 'a number of at least 0', value);
  return number;
};

const yes = new Set(['true', 'истина', 'да', '1']);
const no = new Set(['', 'false', 'ложь', 'нет', '0']);

/** True or false; nothing is false, as in 1C. */
export const flag: ValueReader<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  if (empty(value)) return false;
  const said = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : undefined;
  if (said !== undefined && yes.has(said)) return true;
  if (said !== undefined && no.has(said)) return false;
  throw misread('да или нет', 'true or false', value);
};

/** One of these words. */
export const oneOf =
  <W extends string>(words: readonly W[]): ValueReader<W> =>
  (value) => {
    const word = typeof value === 'string' ? words.find((one) => one === value.trim()) : undefined;
    if (word === undefined) throw misread(`одно из ${words.join(', ')}`, `one of ${words.join(', ')}`, value);
    return word;
  };

/** 1C's empty date. */
export const emptyDate: NaiveDate = '0001-01-01T00:00:00';

/** `2024-09-01`, with or without time, seconds, fractions and offset. */
const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
/** 1C's inner form: `20240901030000`, or the day alone. */
const packed = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/;
/** What String(date) makes: `01.09.2024 3:00:00`. */
const spoken = /^(\d\d)\.(\d\d)\.(\d{4})(?:\s+(\d{1,2}):(\d\d):(\d\d))?$/;

function isoOf(given: string): string {
  const inner = packed.exec(given);
  if (inner) return `${inner[1]}-${inner[2]}-${inner[3]}T${inner[4] ?? '00'}:${inner[5] ?? '00'}:${inner[6] ?? '00'}`;
  const words = spoken.exec(given);
  if (words)
    return `${words[3]}-${words[2]}-${words[1]}T${(words[4] ?? '0').padStart(2, '0')}:${words[5] ?? '00'}:${words[6] ?? '00'}`;
  return given;
}

/** The usual form; there are as many dates as students, so it is looked at first. */
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** A day that is in the calendar, at an hour that is on the clock. */
function isDate(naive: string): boolean {
  const time = Date.parse(`${naive}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(naive) && !naive.startsWith('0000');
}

/** A date in any form in which 1C writes it, as the infobase's own; one with an offset is taken over into its zone. */
export const dateIn =
  (zone: string): ValueReader<NaiveDate> =>
  (value) => {
    if (typeof value === 'string' && usual.test(value) && isDate(value))
      return value.startsWith('0001-01-01') ? emptyDate : value;
    if (empty(value) || (typeof value === 'string' && value.trim() === '')) return emptyDate;
    const [, day, minutes = '00:00', seconds = ':00', offset] =
      (typeof value === 'string' && iso.exec(isoOf(value.trim()))) || [];
    if (day === '0001-01-01') return emptyDate;
    const naive = `${day}T${minutes}${seconds}`;
    if (day !== undefined && isDate(naive)) {
      if (offset === undefined) return naive;
      const read = DateTime.fromISO(naive + offset.toUpperCase(), { zone });
      if (read.isValid) return read.toFormat("yyyy-MM-dd'T'HH:mm:ss");
    }
    throw misread('дата вида 2024-09-01T00:00:00', 'a date like 2024-09-01T00:00:00', value);
  };

/** A list of records of that shape; nothing is an empty one. */
export const listOf =
  <S extends Shape>(shape: S): ValueReader<RecordOf<S>[]> =>
  (value) => {
    if (empty(value)) return [];
    if (!Array.isArray(value)) throw misread('список', 'a list', value);
    return value.map((one, index) => {
      const read = readRecord(shape, one);
      if ('value' in read) return read.value;
      throw read.problems[0]!.within(String(index));
    });
  };

/** Fields of a record, each with its reader. */
export type Shape = Record<string, ValueReader<unknown>>;
export type RecordOf<S extends Shape> = { -readonly [F in keyof S]: ReturnType<S[F]> };

/** A record whose fields are read one by one: its value, or everything that cannot be read. Other fields are left. */
export function readRecord<S extends Shape>(shape: S, raw: unknown): { value: RecordOf<S> } | { problems: Misread[] } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { problems: [misread('запись', 'a record', raw)] };
  const problems: Misread[] = [];
  const value: Record<string, unknown> = {};
  for (const field in shape) {
    try {
      value[field] = shape[field]!(Object.hasOwn(raw, field) ? (raw as Record<string, unknown>)[field] : undefined);
    } catch (error) {
      if (!(error instanceof Misread)) throw error;
      problems.push(error.within(field));
    }
  }
  return problems.length === 0 ? { value: value as RecordOf<S> } : { problems };
}
