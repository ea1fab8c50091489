/** Value -> ids holding it, for columns that are not unique. */
export class MultiIndex {
  private readonly held = new Map<string, Set<number>>();

  add(value: string, id: number): void {
    const ids = this.held.get(value);
    if (ids) ids.add(id);
    else this.held.set(value, new Set([id]));
  }

  remove(value: string, id: number): void {
    const ids = this.held.get(value);
    if (!ids?.delete(id)) return;
    if (ids.size === 0) this.held.delete(value);
  }

  get(value: string): Iterable<number> {
    return this.held.get(value) ?? [];
  }

  count(value: string): number {
    return this.held.get(value)?.size ?? 0;
  }

  /** Values held by more than one. */
  *shared(): Iterable<[string, ReadonlySet<number>]> {
    for (const [value, ids] of this.held) if (ids.size > 1) yield [value, ids];
  }
}
