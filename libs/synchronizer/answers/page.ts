import { both } from '#contracts';
import { NotJsonError, ProtocolError } from '../errors.js';
import { readElement, type ElementReading, type StudentElement } from './element.js';
import { readJson, withoutBom } from './json.js';
import { recordsOf, type Place } from './page-by-record.js';

/** A page that is no JSON as a whole and was read by record all the same. */
export interface ByRecord extends Place {
  records: number;
  /** Codes of records that cannot be read, or their places. */
  broken: string[];
}

export interface Page {
  elements: StudentElement[];
  byRecord?: ByRecord;
}

/**
 * The page of GetStudents, in its order. A broken element never takes the page along, nor does one that makes the page
 * no JSON. Throws ProtocolError and {@link NotJsonError}.
 */
export function readPage(
  text: string,
  reading: ElementReading,
  read: (raw: unknown) => StudentElement = (raw) => readElement(raw, reading),
): Page {
  let page: unknown;
  try {
    page = readJson(text, 'GetStudents');
  } catch (error) {
    const byRecord = error instanceof NotJsonError ? pageByRecord(withoutBom(text), reading, read) : undefined;
    if (byRecord === undefined) throw error;
    return { elements: byRecord.elements, byRecord: { ...(error as NotJsonError).place, ...byRecord.found } };
  }
  if (!Array.isArray(page))
    throw new ProtocolError(both('GetStudents вернула не массив', 'GetStudents returned no array'));
  return { elements: page.map(read) };
}

/** The elements alone. */
export const readStudents = (text: string, reading: ElementReading): StudentElement[] =>
  readPage(text, reading).elements;

/** Undefined: of no record anything can be said. */
function pageByRecord(page: string, reading: ElementReading, read: (raw: unknown) => StudentElement) {
  const records = recordsOf(page, reading.rename.code ?? 'code');
  const elements = (records ?? []).map((record): StudentElement => {
    if ('raw' in record) return read(record.raw);
    const { code, problem, place } = record;
    // Of whom it is known whose it is, the place in the page says nothing new each time.
    return code === undefined
      ? { kind: 'broken', problems: [`line ${place.line}, column ${place.column}: ${problem}`] }
      : { kind: 'broken', problems: [problem], code };
  });
  if (!elements.some((element) => element.kind === 'student' || element.code !== undefined)) return undefined;
  const broken = elements.flatMap((element) =>
    element.kind === 'broken' ? (element.code ?? element.problems[0]!.split(':')[0]!) : [],
  );
  return { elements, found: { records: elements.length, broken } };
}

/**
 * Reads one page after another. Whoever is in flight stands in page after page: an element that has not changed since
 * the last page is the same object again, and is not checked anew.
 */
export class PageReader {
  private last = new Map<string, StudentElement>();

  constructor(private readonly reading: ElementReading) {}

  /** Throws ProtocolError and {@link NotJsonError}. */
  read(text: string): Page {
    const now = new Map<string, StudentElement>();
    const page = readPage(text, this.reading, (raw) => {
      const key = JSON.stringify(raw);
      const element = now.get(key) ?? this.last.get(key) ?? readElement(raw, this.reading);
      now.set(key, element);
      return element;
    });
    this.last = now;
    return page;
  }
}
