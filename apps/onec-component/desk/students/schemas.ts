import { z } from 'zod';
import { complaint } from '#http-api';

const wordsOf = (name: string): string[] => name.split(/\s+/u).filter(Boolean);

export const studentsQuery = z.object({
  name: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .refine((name) => !name.includes('\0'), complaint('Такого знака в имени нет', 'No name holds this sign'))
    .transform(wordsOf)
    .refine((words) => words.length <= 5, complaint('Не больше пяти слов', 'Five words at the most'))
    .describe('Parts of the name in any order: large and small letters alike, ё as е.'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const studentsSchema = z.object({
  students: z.array(
    z.object({
      code: z.string(),
      lastname: z.string(),
      firstname: z.string(),
      middlename: z.string(),
      group: z.string().nullable(),
    }),
  ),
  more: z.boolean().describe('There are others: ask for more of the name.'),
});
