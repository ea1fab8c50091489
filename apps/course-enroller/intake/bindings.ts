import type { BindingChanged } from '#contracts';
import { bindingKey, type Binding, type Bindings, type CurriculumSemester, type Study } from './study.js';

/** Of a batch's binding changes: the newest of each curriculum and semester, and which ones are out of date. */
export function newestBindings(
  changes: readonly BindingChanged[],
  known: Bindings,
): { newest: Binding[]; isSuperseded: (change: BindingChanged) => boolean } {
  const newest = new Map<string, Binding>();
  for (const { curriculum, semester, courses, sequence } of changes) {
    const key = bindingKey({ curriculum, semester });
    const before = newest.get(key) ?? known.get(key);
    // The same sequence again: the first time may have ended before everybody was told.
    if (before && before.sequence > sequence) continue;
    const set = [...new Set(courses)].sort((a, b) => a - b);
    newest.set(key, { curriculum, semester, courses: set, sequence });
  }
  const sequenceOf = (key: string) => newest.get(key)?.sequence ?? known.get(key)?.sequence ?? -1;
  return { newest: [...newest.values()], isSuperseded: (change) => change.sequence < sequenceOf(bindingKey(change)) };
}

/** The pairs of curriculum and semester in which these studies are. */
export function curriculaOf(studies: readonly Study[]): CurriculumSemester[] {
  const pairs = new Map<string, CurriculumSemester>();
  for (const { curriculum, semester } of studies)
    if (curriculum !== undefined && semester !== undefined) {
      const pair = { curriculum, semester };
      pairs.set(bindingKey(pair), pair);
    }
  return [...pairs.values()];
}
