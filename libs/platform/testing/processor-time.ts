/**
 * Milliseconds of the processor that this process needs for the work: a machine that is busy with something else makes
 * it no slower.
 */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
