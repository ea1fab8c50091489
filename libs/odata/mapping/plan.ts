import { sectionsOf, type MappedSection, type Mapping } from './mapping.js';
import { fieldsOf, targetsOf, type Target, type Value } from './value.js';

/** A directory's values by reference. */
export interface Dictionary {
  id: string;
  take: Value;
}

/** One reading of a set: what is remembered of it for others, and which sections are made of it. */
export interface Pass {
  set: string;
  slice: boolean;
  order: string[];
  fields: string[];
  dictionaries: Dictionary[];
  sections: MappedSection[];
}

/** The directories refer to one another in a ring, so none of them can be read first. */
export class RingError extends Error {
  override name = 'RingError';
  constructor(readonly sets: string[]) {
    super(`the mapping refers in a ring: ${sets.join(' -> ')}. Take the value directly in one of them`);
  }
}

const ids = new WeakMap<object, string>();

/** The same for all that take the same there. Asked for each reference of each row. */
export function dictionaryId(target: Pick<Target, 'in' | 'take'>): string {
  let id = ids.get(target);
  if (id === undefined) ids.set(target, (id = `${target.in} ${JSON.stringify(target.take)}`));
  return id;
}

const valuesOf = ({ fields, lines }: MappedSection): Value[] => [
  ...Object.values(fields),
  ...Object.values(lines?.fields ?? {}),
];

/** What {@link Value.ofStudents} asks of the set of the statuses. */
export const ofStudentsIn = (sections: readonly MappedSection[]): Value[] =>
  sections.flatMap(({ fields }) =>
    Object.values(fields).flatMap((value) => ('ofStudents' in value ? [value.ofStudents] : [])),
  );

/**
 * In which order the sets are read: directories before what refers to them, each once for all that is wanted of it;
 * students before whatever belongs to them.
 */
export function planOf(mapping: Mapping, { toolkit }: { toolkit: boolean }): Pass[] {
  const sections = sectionsOf(mapping).filter(
    ({ section }) => toolkit || (section !== 'systems' && section !== 'documents'),
  );
  const asked = ofStudentsIn(sections);
  const wanted = (section: MappedSection): Value[] => [
    ...valuesOf(section),
    ...(section.section === 'statuses' ? asked : []),
  ];

  const dictionaries = new Map<string, Map<string, Dictionary>>();
  const gather = (value: Value): void => {
    for (const target of targetsOf(value)) {
      const ofSet = dictionaries.get(target.in) ?? new Map<string, Dictionary>();
      dictionaries.set(target.in, ofSet);
      const id = dictionaryId(target);
      if (ofSet.has(id)) continue;
      ofSet.set(id, { id, take: target.take });
      gather(target.take);
    }
  };
  sections.flatMap(wanted).forEach(gather);

  const needs = (values: readonly Value[]): Set<string> =>
    new Set(values.flatMap((value) => targetsOf(value).map((target) => target.in)));
  const passes: Pass[] = [];
  const done = new Set<string>();
  const left = new Set(sections);
  const ready = (values: readonly Value[], besides?: string): boolean =>
    [...needs(values)].every((set) => done.has(set) || set === besides);
  const sectionsIn = (set: string): MappedSection[] => sections.filter((one) => left.has(one) && one.set === set);
  const sectionsNow = (set: string): MappedSection[] =>
    sectionsIn(set).filter(
      (one) =>
        !one.slice &&
        one.order.join() === 'Ref_Key' &&
        // Students first: whose rows the others are is asked of them.
        (one.section === 'students' || !owned.has(one.section)) &&
        ready(wanted(one)),
    );

  const open = new Map([...dictionaries].map(([set, ofSet]) => [set, [...ofSet.values()]]));
  while (open.size > 0) {
    const possible = [...open].filter(([, ofSet]) => ready(ofSet.map(({ take }) => take)));
    // Rather one whose sections can be made along with it: its set is then read once.
    const next = possible.find(([set]) => sectionsNow(set).length === sectionsIn(set).length) ?? possible[0];
    if (!next) throw new RingError([...open.keys()]);
    const [set, ofSet] = next;
    open.delete(set);
    const along = sectionsNow(set);
    along.forEach((one) => left.delete(one));
    passes.push(passOf(set, false, ['Ref_Key'], ofSet, along, wanted));
    done.add(set);
  }
  const rest = [...left].sort((a, b) => places.indexOf(a.section) - places.indexOf(b.section));
  for (const one of rest) passes.push(passOf(one.set, one.slice, one.order, [], [one], wanted));
  return passes;
}

const owned = new Set<string>(['statuses', 'names']);
const places = [
  'students',
  'statuses',
  'names',
  'disciplines',
  'departments',
  'curricula',
  'groups',
  'systems',
  'documents',
];

function passOf(
  set: string,
  slice: boolean,
  order: string[],
  dictionaries: Dictionary[],
  sections: MappedSection[],
  wanted: (section: MappedSection) => Value[],
): Pass {
  const own = sections.flatMap((section) => {
    const inLines = new Set(Object.values(section.lines?.fields ?? {}));
    return [
      ...wanted(section)
        .filter((value) => !inLines.has(value))
        .flatMap(fieldsOf),
      ...Object.keys(section.where),
      ...(section.lines ? [section.lines.part] : []),
    ];
  });
  const keys = dictionaries.length > 0 ? ['Ref_Key'] : [];
  const fields = [...new Set([...keys, ...dictionaries.flatMap(({ take }) => fieldsOf(take)), ...own])];
  return { set, slice, order, fields, dictionaries, sections };
}
