import type { Request } from 'express';
import type { Bilingual } from '#contracts';

export type Language = keyof Bilingual;

/** Russian unless the client likes English better. */
export const languageOf = (request: Pick<Request, 'acceptsLanguages'>): Language =>
  request.acceptsLanguages('ru', 'en') === 'en' ? 'en' : 'ru';
