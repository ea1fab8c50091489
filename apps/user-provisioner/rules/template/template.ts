import { both, tidyText, type Bilingual, type StudentChanged } from '#contracts';

/** What a template may name of a student. */
export const studentPlaceholders = [
  'code',
  'individual',
  'lastname',
  'firstname',
  'middlename',
  'kind',
  'group',
  'semester',
  'year',
  'field',
  'profile',
  'mode',
  'site',
  'curriculum',
  'userid',
  'email',
  'city',
] as const;
export type Placeholder = (typeof studentPlaceholders)[number] | 'username';
export type TemplateValues = Record<(typeof studentPlaceholders)[number], string> & { username?: string };

type Part = { text: string } | { placeholder: Placeholder; letters?: number };

/** A template of the configuration, read: `{lastname}.{firstname:1}` is a placeholder, a dot, and a first letter. */
export interface Template {
  text: string;
  parts: Part[];
}

/** The template cannot be read. The text names the fault and what may stand there. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  constructor(
    readonly what: Bilingual,
    readonly mend: Bilingual,
  ) {
    super(`${what.en}; ${mend.en}`);
  }
}

/** Reads a template over the student's placeholders, and `{username}` where the username is already known. */
export function readTemplate(text: string, more: readonly 'username'[] = []): Template {
  const known: readonly string[] = [...studentPlaceholders, ...more];
  const parts = text.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  return {
    text,
    parts: parts.map((part) => {
      if (!/[{}]/.test(part)) return { text: part };
      const [, placeholder, letters] = /^\{([a-z]+)(?::([1-9]\d?))?\}$/.exec(part) ?? [];
      if (placeholder === undefined || !known.includes(placeholder)) throw nothingCalled(part, text, known);
      return { placeholder: placeholder as Placeholder, ...(letters && { letters: Number(letters) }) };
    }),
  };
}

function nothingCalled(part: string, text: string, known: readonly string[]): TemplateError {
  const list = known.map((name) => `{${name}}`).join(', ');
  return new TemplateError(
    both(`в шаблоне «${text}» ${part} ничего не значит`, `${part} in the template "${text}" means nothing`),
    both(
      `пишите ${list} или первые буквы поля: {firstname:1}`,
      `write ${list}, or the first letters of one: {firstname:1}`,
    ),
  );
}

/** Does the template make use of one of these? */
export const names = (template: Template, ...placeholders: Placeholder[]): boolean =>
  template.parts.some((part) => 'placeholder' in part && placeholders.includes(part.placeholder));

export function valuesOf({ person, study }: Pick<StudentChanged, 'person' | 'study'>): TemplateValues {
  return {
    code: person.code,
    individual: person.individual ?? '',
    lastname: person.lastname,
    firstname: person.firstname,
    middlename: person.middlename,
    kind: person.kind,
    group: study?.group ?? '',
    semester: study ? String(study.semester) : '',
    year: study ? String(study.year) : '',
    field: study?.field ?? '',
    profile: study?.profile ?? '',
    mode: study?.mode ?? '',
    site: study?.site ?? '',
    curriculum: study?.curriculum ?? '',
    userid: person.userid ?? '',
    email: person.email ?? '',
    city: person.city ?? '',
  };
}

/**
 * Letters are counted in the value as a person sees it; `clean` then has its way with each value, not with what stands
 * between.
 */
export const fill = (
  template: Template,
  values: TemplateValues,
  clean: (value: string, placeholder: Placeholder) => string = (value) => value,
): string =>
  template.parts
    .map((part) => {
      if ('text' in part) return part.text;
      const value = tidyText(values[part.placeholder] ?? '');
      const some = part.letters === undefined ? value : [...value].slice(0, part.letters).join('');
      return clean(some, part.placeholder);
    })
    .join('');
