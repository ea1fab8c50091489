export type FormValue =
  string | number | boolean | readonly FormValue[] | { readonly [key: string]: FormValue | undefined };
export type FormRecord = { readonly [key: string]: FormValue | undefined };

/** One value of the form; each counts as one against PHP's max_input_vars. */
export type Leaf = [name: string, value: string];

/**
 * `{ users: [{ id: 1 }] }` as `users[0][id]=1`. What is undefined is left out, as null cannot be sent;
 * booleans go as 0 and 1, as Moodle refuses the words.
 */
export function leavesOf(parameters: FormRecord): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (name: string, value: FormValue | undefined): void => {
    if (value === undefined) return;
    if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) walk(name ? `${name}[${key}]` : key, inner as FormValue);
    } else {
      leaves.push([name, typeof value === 'boolean' ? String(Number(value)) : String(value)]);
    }
  };
  walk('', parameters);
  return leaves;
}

/** PHP reads %20 and + alike. Halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD. */
const encoded = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
  }
};

/** `application/x-www-form-urlencoded`, the leaves in their order. */
export const formBody = (leaves: readonly Leaf[]): string =>
  leaves.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');

export const countLeaves = (value: FormValue | undefined): number => {
  if (value === undefined) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countLeaves(inner as FormValue), 0);
};
