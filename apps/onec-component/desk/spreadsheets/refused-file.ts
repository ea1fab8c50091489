import { both, type Bilingual } from '#contracts';
import { Refusal } from '../../refusal.js';

/** A file that is not read; the text says why, for whoever sent it. */
export const refusedFile = (text: Bilingual): Refusal => new Refusal('faults', text);

export const notATable = (): Refusal =>
  refusedFile(both('Это не таблица XLSX и не CSV', 'This is neither an XLSX table nor CSV'));
