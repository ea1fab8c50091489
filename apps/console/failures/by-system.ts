export function bySystem<T extends { system: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(each.system);
    if (group) group.push(each);
    else groups.set(each.system, [each]);
  }
  return groups;
}
