import type { z } from 'zod';
import { both, type Bilingual } from '#contracts';
import { guide, guideKey, keysBelow } from '../guide/guide.js';
import type { ToldProblem } from '../systems/contradictions.js';
import { nearest } from './nearest.js';

/** One thing that is wrong with the configuration. */
export interface Problem {
  /** `systems[0].moodle.url`; empty: the file as a whole. */
  key: string;
  what: Bilingual;
  mend: Bilingual;
}

export const keyPath = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('');

/** Everything that zod found, told for the person who mends the file. A misspelt key is not told as missing, too. */
export function problemsOf(error: z.ZodError, content: unknown): Problem[] {
  const renamed = new Set<string>();
  const problems = error.issues.flatMap((issue): Problem[] => {
    if (issue.code !== 'unrecognized_keys') return [aboutValue(issue, content)];
    return issue.keys.map((key) => {
      const given = valueAt(content, issue.path);
      const absent = keysBelow(issue.path).filter((known) => !Object.hasOwn(Object(given), known));
      const meant = nearest(key, absent) ?? nearest(key, keysBelow(issue.path));
      if (meant) renamed.add(keyPath([...issue.path, meant]));
      return aboutUnknownKey([...issue.path, key], meant, keysBelow(issue.path));
    });
  });
  return problems.filter((problem) => problem.what !== missing || !renamed.has(problem.key));
}

const missing = both('ключ не задан', 'the key is not given');

function aboutValue(issue: z.core.$ZodIssue, content: unknown): Problem {
  const key = keyPath(issue.path);
  const expected = guide[guideKey(issue.path)] ?? both('см. docs/configuration.md', 'see docs/configuration.md');
  const mend = both(`нужно: ${expected.ru}`, `write ${expected.en}`);
  const told = issue.code === 'custom' ? (issue.params?.told as ToldProblem | undefined) : undefined;
  if (told) return { key, ...told };
  const value = valueAt(content, issue.path);
  if (value === undefined) return { key, what: missing, mend };
  if (value === null) return { key, what: both('у ключа нет значения', 'the key has no value'), mend };
  if (issue.code === 'custom' && key === 'systems') return aboutRepeatedIds(content);
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object')
    return {
      key,
      what: both(
        `здесь нужен текст, а YAML понял ${kind(value).ru}`,
        `text is due here, and YAML took it as ${kind(value).en}`,
      ),
      mend: both(`возьмите значение в кавычки; ${mend.ru}`, `put the value in quotes; ${mend.en}`),
    };
  if (issue.code === 'invalid_type' && typeof value === 'object')
    return { key, what: both(`здесь стоит ${kind(value).ru}`, `here stands ${kind(value).en}`), mend };
  const shown = show(key, value);
  return { key, what: both(`значение${shown} не подходит`, `the value${shown} will not do`), mend };
}

function aboutUnknownKey(path: PropertyKey[], meant: string | undefined, known: string[]): Problem {
  const what = both('такого ключа нет', 'there is no such key');
  const mend = meant
    ? both(`вероятно, это «${meant}»: переименуйте`, `probably "${meant}" is meant: rename it`)
    : both(`удалите его; здесь бывают: ${known.join(', ')}`, `remove it; known here: ${known.join(', ')}`);
  return { key: keyPath(path), what, mend };
}

function aboutRepeatedIds(content: unknown): Problem {
  const ids = ((content as { systems: { id?: unknown }[] }).systems ?? []).map((system) => String(system.id));
  const repeated = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].join(', ');
  return {
    key: 'systems',
    what: both(`id повторяется: ${repeated}`, `an id stands twice: ${repeated}`),
    mend: both('дайте каждой системе свой id', 'give each system an id of its own'),
  };
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], content);
}

function kind(value: unknown): Bilingual {
  if (Array.isArray(value)) return both('список', 'a list');
  if (typeof value === 'number') return both('число', 'a number');
  if (typeof value === 'boolean') return both('да/нет (true/false)', 'yes/no (true/false)');
  return typeof value === 'object' ? both('раздел с ключами', 'a section of keys') : both('текст', 'text');
}

/** A value helps to find the place; but a secret may have been written in place of its file, or inside an address. */
function show(key: string, value: unknown): string {
  if (/password|token|secret|^database|^broker/i.test(key)) return '';
  const text = String(value);
  return typeof value === 'object' || text.length > 60 || /:\/\/[^/]*@/.test(text) ? '' : ` «${text}»`;
}
