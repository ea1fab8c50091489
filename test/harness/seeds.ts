/**
 * Seeds of a random run: those of `ITK_SEEDS=77,78`, otherwise the usual ones. Each is printed, so that any run can be
 * repeated.
 */
export function seedsFor(what: string, usual: readonly number[]): number[] {
  const given = process.env.ITK_SEEDS;
  const seeds = given === undefined || given.trim() === '' ? [...usual] : given.split(',').map(Number);
  if (seeds.some((seed) => !Number.isSafeInteger(seed)))
    throw new Error(`ITK_SEEDS must be whole numbers with commas between them, such as 77,78: ${given}`);
  process.stderr.write(`${what}: seeds ${seeds.join(', ')} (again: ITK_SEEDS=${seeds.join(',')})\n`);
  return seeds;
}
