import { z } from 'zod';
import { complaint } from '#http-api';
import { code, text } from '../schemas.js';

const els = { code: z.string(), name: z.string(), address: z.string() };
export const elsSchema = z.object(els).meta({ id: 'Els' });
export const directorySchema = z.object({
  els: z.array(
    z
      .object({
        ...els,
        ids: z.array(z.string()).describe('Configured systems that call it by its name; none: nobody asks for it.'),
        bindings: z.int().describe('Records of bindings that refer to it.'),
        documents: z.int(),
        synchronizations: z.int(),
      })
      .meta({ id: 'ListedEls' }),
  ),
  unknown: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .describe('Configured systems whose name the directory does not have.'),
});

const name = text(150)
  .min(1)
  .refine((given) => given === given.trim(), complaint('Пробел с краю', 'A blank at an end'))
  .describe('As systems of the configuration call it, to the letter.');
const address = text(500).trim();
export const newEls = z.object({ name, address });
export const editedEls = newEls.extend({
  accept: z.string().max(150).default('').describe('The new name: it has been seen what has to follow it.'),
});
export { code };
