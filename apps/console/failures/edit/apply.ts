import { both, tidyText, type Bilingual } from '#contracts';
import { issueOf, type Issue } from '#http-api';
import { faultsOf, type Editable, type Field, type Value } from './fields.js';

type Data = Record<string, unknown>;

export interface Edit {
  path: string;
  value: Value;
}

export interface Change {
  path: string;
  before: Value;
  after: Value;
}

export interface Edited {
  data: Data;
  /** What differs now. */
  changes: Change[];
  /** Why it may not be sent. */
  issues: Issue[];
}

/** The message with what was edited, held against its schema. `now`: milliseconds. */
export function applyEdits({ data, fields }: Editable, edits: readonly Edit[], now: number): Edited {
  const edited = structuredClone(data);
  const changes: Change[] = [];
  const issues: Issue[] = [];
  for (const { path, value } of edits) {
    const field = fields.find((each) => each.path === path);
    const fault = field ? faultOf(field, value) : notHere;
    if (fault) issues.push({ path, message: fault });
    if (!field) continue;
    const after = tidied(field, value);
    if (after === field.value) continue;
    changes.push({ path, before: field.value, after });
    put(edited, path, after);
  }
  const named = new Set(issues.map(({ path }) => path));
  issues.push(...[...faultsOf(edited).map(issueOf), ...faultsOfSense(edited)].filter(({ path }) => !named.has(path)));
  // The edit has seen every change of bindings until now: only a later one counts more than its courses.
  if (changes.some(({ path }) => path.startsWith('courses.')) && typeof edited.bindingSequence === 'number')
    edited.bindingSequence = Math.max(edited.bindingSequence, now);
  return { data: edited, changes, issues };
}

const notHere = both('Этого править нельзя', 'This may not be edited');
const wanted = both('Нужно значение', 'A value is needed');
const wholeNumber = both('Нужно целое число больше нуля', 'It takes a whole number above zero');
const moment = both('Нужны дата и время', 'It takes a date and a time');

const isWhole = (value: Value, least: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

function faultOf({ type, optional, choices }: Field, value: Value): Bilingual | undefined {
  if (value === null || value === '') return optional ? undefined : wanted;
  if (type === 'number' && !isWhole(value, 1)) return wholeNumber;
  if (type === 'moment' && !isWhole(value, 0)) return moment;
  if (type === 'role' && !choices!.includes(String(value)))
    return both(
      'Такую роль ставить нельзя: нужна enrolment.role или одна из enrolment.editRoles',
      'This role may not be set: it takes enrolment.role or one of enrolment.editRoles',
    );
  return undefined;
}

/** Names as a person sees them; a machine's name to the letter. */
function tidied({ path, type }: Field, value: Value): Value {
  if (typeof value !== 'string') return value;
  const text = type === 'text' && !path.endsWith('.idnumber') ? tidyText(value) : value.trim();
  // Empty where there is none: so the contract has a middle name and an academic group.
  return text === '' && /^courses\./.test(path) ? null : text;
}

function put(data: Data, path: string, value: Value): void {
  const steps = path.split('.');
  const last = steps.pop()!;
  const target = steps.reduce<Data>((inner, step) => inner[step] as Data, data);
  if (value !== null) target[last] = value;
  else if (path.startsWith('courses.')) delete target[last];
  else target[last] = '';
}

/** What the schema lets through, and Moodle or sense does not. */
function faultsOfSense(data: Data): Issue[] {
  const person = data.person as Data;
  const courses = data.courses as Data[];
  return [
    ...(tidyText(`${String(person.lastname)}${String(person.firstname)}`) === ''
      ? [{ path: 'person.lastname', message: both('Нет ни фамилии, ни имени', 'There is no name at all') }]
      : []),
    ...courses.flatMap(({ begin, end }, index) =>
      typeof begin === 'number' && typeof end === 'number' && end < begin
        ? [{ path: `courses.${index}.end`, message: both('Конец раньше начала', 'It ends before it begins') }]
        : [],
    ),
  ];
}
