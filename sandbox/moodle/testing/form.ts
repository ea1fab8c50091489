import type { SandboxMoodle } from '../server.js';

/** Pairs as a form body, in the order given. */
export const form = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');

/** Records as PHP wants them: `users[0][username]=...`. */
export const records = (list: string, items: readonly Record<string, string | number>[]): [string, string][] =>
  items.flatMap((item, i) =>
    Object.entries(item).map(([key, value]): [string, string] => [`${list}[${i}][${key}]`, String(value)]),
  );

/** An account as `core_user_create_users` takes it. */
export const account = (username: string, more: Record<string, string> = {}) => ({
  username,
  firstname: 'F',
  lastname: 'L',
  email: `${username}@e.org`,
  password: 'Aa1!aaaa',
  ...more,
});

/** A call with the token last in the body, and what came, parsed where it is JSON. */
export async function call(
  sandbox: SandboxMoodle,
  name: string,
  pairs: readonly (readonly [string, string])[] = [],
  path = '?moodlewsrestformat=json',
): Promise<{ status: number; text: string; json: unknown }> {
  const response = await fetch(`${sandbox.url}/webservice/rest/server.php${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form([...pairs, ['wstoken', sandbox.token], ['wsfunction', name]]),
    redirect: 'manual',
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json };
}

export const errorcodeOf = (answer: { json: unknown }): string | undefined =>
  (answer.json as { errorcode?: string } | null)?.errorcode;
