import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { askFor } from '#persistence';

/** As user-provisioner answers `known-accounts`. */
const answerSchema = z.object({
  witness: z.object({ id: z.int(), username: z.string(), idnumber: z.string(), email: z.string() }).optional(),
  expected: z.array(z.object({ username: z.string(), idnumber: z.string() })),
});

/** Accounts that only user-provisioner knows: one that is there, and those still to be made. Nothing where it does not run. */
export async function knownAccounts(
  dataSource: DataSource,
  system: string,
  by: string,
): Promise<Partial<z.infer<typeof answerSchema>>> {
  const errand = { service: 'user-provisioner', system, what: 'known-accounts', by };
  const end = await askFor(dataSource, errand, { begin: 5_000, end: 15_000 });
  return end.state === 'done' ? answerSchema.parse(end.result) : {};
}
