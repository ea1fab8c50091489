import type { z } from 'zod';
import { both, eventTypes, studentChangedSchema, type Bilingual } from '#contracts';
import { isRecord } from '../letter/owner.js';

type Data = Record<string, unknown>;

/** `moment`: Unix seconds. `role`: one of the choices. */
export type FieldType = 'text' | 'number' | 'moment' | 'role';
export type Value = string | number | null;

/** One thing in a message that may be edited. */
export interface Field {
  /** `person.lastname`, `courses.0.id` */
  path: string;
  type: FieldType;
  /** As it stands; null: it is not there. */
  value: Value;
  /** It may be left empty. */
  optional: boolean;
  choices?: string[];
}

/** A message that can be edited: as StudentChanged has it, for it goes the whole way again. */
export interface Editable {
  data: Data;
  fields: Field[];
  traceparent?: string;
}

/** Which paths there are at all; whose they are says the message. */
export const editablePath =
  /^(person\.(lastname|firstname|middlename)|study\.group|courses\.\d{1,4}\.(id|idnumber|begin|end|group|role))$/;

const notOfAStudent = both(
  'В этом сообщении нечего править: оно только называет, о ком речь',
  'There is nothing to edit in this message: it only names whom it is about',
);
const bindings = both(
  'Привязки правятся в форме привязок: проведённый документ передаст их заново',
  'Bindings are mended at the binding desk: a document that is posted there tells them anew',
);
const unreadable = both('Сообщение не читается как событие: править в нём нечего', 'The message reads as no event');
const broken = (places: readonly string[]): Bilingual =>
  both(
    `Сообщение нарушает формат там, где править нельзя: ${places.join(', ')}`,
    `The message breaks its format where it may not be edited: ${places.join(', ')}`,
  );

/** What of a dead message may be edited, or why nothing may. `roles`: those that may be set. */
export function readEditable(body: Buffer, system: string, roles: readonly string[]): Editable | Bilingual {
  let event: unknown;
  try {
    event = JSON.parse(body.toString('utf8'));
  } catch {
    return unreadable;
  }
  if (!isRecord(event) || !isRecord(event.data)) return unreadable;
  if (event.type === eventTypes.BindingChanged) return bindings;
  if (event.type !== eventTypes.StudentChanged && event.type !== eventTypes.UserProvisioned) return notOfAStudent;
  // What Moodle said of the account is found out again: user-provisioner has the edited message first.
  const { moodleUserId: _, accountCreated: __, ...data } = event.data;
  if (data.system !== system) return broken(['data.system']);
  const places = faultsOf(data).flatMap(({ path }) => (editablePath.test(place(path)) ? [] : [place(path)]));
  // That a course has neither or both of its names is mended in the course.
  const fixed = [...new Set(places)].filter((each) => each !== 'courses' || !Array.isArray(data.courses));
  if (fixed.length > 0) return broken(fixed.map((each) => `data.${each}`));
  const { traceparent } = event;
  return { data, fields: fieldsOf(data, roles), ...(typeof traceparent === 'string' && { traceparent }) };
}

export const faultsOf = (data: Data): z.core.$ZodIssue[] =>
  studentChangedSchema.safeParse(data, { reportInput: true }).error?.issues ?? [];

const place = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function fieldsOf(data: Data, roles: readonly string[]): Field[] {
  const person = data.person as Data;
  const courses = data.courses as Data[];
  return [
    ...['lastname', 'firstname', 'middlename'].map((name) =>
      field(`person.${name}`, 'text', person[name], name !== 'lastname' && name !== 'firstname'),
    ),
    ...(isRecord(data.study) ? [field('study.group', 'text', data.study.group, true)] : []),
    ...courses.flatMap((course, index) => fieldsOfCourse(`courses.${index}`, course, roles)),
  ];
}

function fieldsOfCourse(at: string, course: Data, roles: readonly string[]): Field[] {
  const names = (['id', 'idnumber'] as const).filter((name) => course[name] !== undefined);
  const role = typeof course.role === 'string' ? [course.role] : [];
  return [
    ...(names.length === 0 ? (['id', 'idnumber'] as const) : names).map((name) =>
      field(`${at}.${name}`, name === 'id' ? 'number' : 'text', course[name], names.length !== 1),
    ),
    { ...field(`${at}.role`, 'role', course.role, false), choices: [...new Set([...role, ...roles])] },
    field(`${at}.begin`, 'moment', course.begin, true),
    field(`${at}.end`, 'moment', course.end, true),
    field(`${at}.group`, 'text', course.group, true),
  ];
}

const field = (path: string, type: FieldType, value: unknown, optional: boolean): Field => ({
  ...{ path, type, optional },
  value: typeof value === 'string' || typeof value === 'number' ? value : value == null ? null : JSON.stringify(value),
});
