import type { components } from '../../api/schema.js';
import { clocksOf, momentOf } from '../../parts/time/moment.js';

type Schemas = components['schemas'];
export type Field = Schemas['EditField'];
export type Edit = Schemas['Edit'];
export type Value = Field['value'];

/** What was entered, by the path of its field; moments by the university's clocks. */
export type Draft = Readonly<Record<string, string>>;

/** A value as it is entered. */
export function entered({ type, value }: Pick<Field, 'type' | 'value'>, zone: string | undefined): string {
  if (value === null) return '';
  return type === 'moment' && typeof value === 'number' ? clocksOf(value * 1_000, zone) : String(value);
}

/** What was entered, as the console takes it; what cannot be read goes as it is, for the console to say what is wrong. */
function valueOf(type: Field['type'], text: string, zone: string | undefined): Value {
  if (type === 'number') return text.trim() === '' ? null : /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
  if (type !== 'moment') return text;
  if (text === '') return null;
  const moment = momentOf(text, zone);
  return moment ? moment.getTime() / 1_000 : text;
}

export const isChanged = (field: Field, draft: Draft, zone: string | undefined): boolean =>
  draft[field.path] !== undefined && draft[field.path] !== entered(field, zone);

/** What is to be changed: nothing of what was entered and stands there already. */
export const editsOf = (fields: readonly Field[], draft: Draft, zone: string | undefined): Edit[] =>
  fields.flatMap((field) =>
    isChanged(field, draft, zone) ? [{ path: field.path, value: valueOf(field.type, draft[field.path]!, zone) }] : [],
  );

export interface Part {
  /** Undefined: the person and the study. */
  course?: number;
  fields: Field[];
}

/** Fields in their parts: the person with the study, then each course. */
export function partsOf(fields: readonly Field[]): Part[] {
  const parts: Part[] = [];
  for (const field of fields) {
    const course = courseOf(field.path);
    const last = parts.at(-1);
    if (last && last.course === course) last.fields.push(field);
    else parts.push({ ...(course !== undefined && { course }), fields: [field] });
  }
  return parts;
}

/** Which course of the message it is about, from 0. */
export function courseOf(path: string): number | undefined {
  const found = /^courses\.(\d+)(\.|$)/.exec(path);
  return found ? Number(found[1]) : undefined;
}

export const fieldNames = [
  ...(['lastname', 'firstname', 'middlename', 'group'] as const),
  ...(['courseId', 'courseIdnumber', 'courseRole', 'courseBegin', 'courseEnd', 'courseGroup'] as const),
] as const;
export type FieldName = (typeof fieldNames)[number];

/** By which name the texts know it. */
export function nameOf(path: string): FieldName | undefined {
  const last = path.split('.').at(-1)!;
  const name = courseOf(path) === undefined ? last : `course${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  return fieldNames.find((each) => each === name);
}
