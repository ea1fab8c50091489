import { z } from 'zod';

export const bilingualSchema = z
  .object({ ru: z.string(), en: z.string() })
  .describe('A text that a person reads, in both languages of the product.');
export type Bilingual = z.infer<typeof bilingualSchema>;

export const both = (ru: string, en: string): Bilingual => ({ ru, en });
