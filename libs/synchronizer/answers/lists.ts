import { z } from 'zod';
import { both, codeSchema, storable } from '#contracts';
import { ProtocolError } from '../errors.js';
import { wholeNumber } from './element.js';
import { readJson, withoutBom } from './json.js';
import type { Refused } from './pairs.js';

const bindingChangeSchema = z.object({
  curriculum: z.string().min(1),
  semester: wholeNumber,
  courses: z.array(z.int().positive()),
  sequence: wholeNumber,
});
/** The whole set of courses of one curriculum and semester after a change. */
export type BindingChange = z.infer<typeof bindingChangeSchema>;

const foundErrorSchema = z.object({
  code: codeSchema,
  error: z
    .string()
    .min(1)
    .transform((text) => storable(text)),
  sequence: wholeNumber,
});
/** A student in whose data 1C has found a fault itself, and its words. */
export type FoundError = z.infer<typeof foundErrorSchema>;

/** Throws ProtocolError: only our own component answers this, so nothing here is tolerated. */
function readList<T>(element: z.ZodType<T>, text: string, operation: string): T[] {
  const read = z.array(element).safeParse(readJson(text, operation));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new ProtocolError(both(`${operation}: ${where}`, `${operation}: ${where}`));
}

/** Throws ProtocolError. */
export const readBindings = (text: string): BindingChange[] => readList(bindingChangeSchema, text, 'BindingsSince');
/** Throws ProtocolError. */
export const readErrors = (text: string): FoundError[] => readList(foundErrorSchema, text, 'ErrorsSince');

const refusedSchema = z.object({ refused: z.array(z.object({ pair: z.string(), reason: z.string() })) });

/** What a flagging operation returned: true, nothing, or the list of what was not taken. `false` is undefined here. */
export function readRefused(text: string): Refused[] | undefined {
  const clean = withoutBom(text);
  if (/^(false|ложь)$/i.test(clean)) return undefined;
  if (!clean.startsWith('{')) return [];
  const read = refusedSchema.safeParse(readJson(clean, 'SetCronflag'));
  return read.success ? read.data.refused : [];
}
