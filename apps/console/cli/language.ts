import type { Bilingual } from '#contracts';

export type Language = keyof Bilingual;

/** `ITK_LANG`, else the language of the session: Russian or English. */
export function languageOf(environment: Record<string, string | undefined>): Language {
  const wanted = environment.ITK_LANG || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^ru/i.test(wanted) ? 'ru' : 'en';
}
