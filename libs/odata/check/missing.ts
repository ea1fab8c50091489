import { ratio } from 'fuzzball';
import { both, ill, type Finding } from '#contracts';
import { sectionsOf, type Mapping } from '../mapping/mapping.js';
import { planOf } from '../mapping/plan.js';
import { fieldsOf, guessesIn, type Value } from '../mapping/value.js';
import { fieldsOfPart, type EntitySet, type Publication } from '../metadata/metadata.js';

/** Of a hundred. */
const alike = 60;
const atMost = 3;

/** Names that come near, the nearest first; the kind of object before the first `_` must be the same. */
export function near(name: string, known: Iterable<string>): string[] {
  const [kind] = /^[A-Za-z]+_/.exec(name) ?? [''];
  return [...known]
    .filter((one) => one.startsWith(kind))
    .map((one) => ({
      one,
      score: ratio(one.slice(kind.length).toLowerCase(), name.slice(kind.length).toLowerCase(), {
        full_process: false,
      }),
    }))
    .filter(({ score }) => score >= alike)
    .sort((a, b) => b.score - a.score || (a.one < b.one ? -1 : 1))
    .slice(0, atMost)
    .map(({ one }) => one);
}

const meant = (names: readonly string[]) =>
  names.length > 0
    ? both(`Похоже называются: ${names.join(', ')}`, `Near names: ${names.join(', ')}`)
    : both('Похожих имён нет', 'There are no near names');

/** Sets of the mapping that the publication does not have. */
export function missingSets(mapping: Mapping, published: ReadonlySet<string>): Finding[] {
  const wanted = new Set(planOf(mapping, { toolkit: true }).map(({ set }) => set));
  return [...wanted]
    .filter((set) => !published.has(set))
    .map((set) => {
      const { ru, en } = meant(near(set, published));
      return ill(
        `odata ${set}`,
        'error',
        both(`В публикации OData нет ${set}`, `The OData publication has no ${set}`),
        both(
          `${ru}. Исправьте имя в файле соответствия или включите объект в состав интерфейса`,
          `${en}. Mend the name in the mapping, or put the object into the composition of the interface`,
        ),
      );
    });
}

function missingField(set: string, field: string, fields: ReadonlyMap<string, string>): Finding {
  const bare = field.replace(/_(Key|Type)$/, '');
  const { ru, en } = meant(near(field, fields.keys()));
  const mend =
    field.endsWith('_Key') && fields.has(`${bare}_Type`)
      ? both(
          `Здесь это ссылка составного типа: field: ${bare} и oneOf`,
          `It is a reference of a composite type here: field: ${bare} and oneOf`,
        )
      : fields.has(`${bare}_Key`) && field !== `${bare}_Key`
        ? both(
            `Здесь это ссылка одного типа: field: ${bare}_Key`,
            `It is a reference of one type here: field: ${bare}_Key`,
          )
        : both(`${ru}. Исправьте имя в файле соответствия`, `${en}. Mend the name in the mapping`);
  return ill(
    `odata ${set} ${field}`,
    'error',
    both(`В ${set} нет поля ${field}`, `${set} has no field ${field}`),
    mend,
  );
}

/** Whatever of the mapping this publication does not have: sets, fields, tabular parts, slices. */
export function missingIn(mapping: Mapping, publication: Publication): Finding[] {
  const { sets } = publication;
  const findings = missingSets(mapping, new Set(sets.keys()));
  const told = new Set<string>();
  const demand = (set: string, fields: Iterable<string>, known: ReadonlyMap<string, string>): void => {
    for (const field of fields) {
      if (known.has(field) || told.has(`${set} ${field}`)) continue;
      told.add(`${set} ${field}`);
      findings.push(missingField(set, field, known));
    }
  };
  for (const pass of planOf(mapping, { toolkit: true })) {
    const set = sets.get(pass.set);
    if (!set) continue;
    demand(set.name, [...pass.fields, ...pass.order], set.fields);
    if (pass.slice && !set.slices) findings.push(noSlice(set, sets));
    for (const { lines } of pass.sections) {
      const known = lines && fieldsOfPart(publication, set, lines.part);
      if (lines && known) demand(`${set.name}.${lines.part}`, Object.values(lines.fields).flatMap(fieldsOf), known);
    }
  }
  return findings;
}

function noSlice({ name }: EntitySet, sets: Publication['sets']): Finding {
  const records = `${name}_RecordType`;
  return ill(
    `odata ${name} SliceLast`,
    'error',
    both(`${name} не даёт среза последних`, `${name} gives no slice of the last records`),
    sets.get(records)?.slices
      ? both(`Срез даёт ${records}: впишите его в set`, `${records} gives one: write it into "set"`)
      : both('Регистр непериодический: уберите slice', 'The register is not periodic: remove "slice"'),
  );
}

/** What the mapping only supposes, one finding for each section. */
export function guesses(mapping: Mapping): Finding[] {
  return sectionsOf(mapping).flatMap(({ section, fields, lines }) => {
    const all: [string, Value][] = [
      ...Object.entries(fields),
      ...Object.entries(lines?.fields ?? {}).map(([name, value]): [string, Value] => [`lines.${name}`, value]),
    ];
    const found = all.flatMap(([name, value]) => [...guessesIn(value, name)]);
    if (found.length === 0) return [];
    const list = (language: 0 | 1): string =>
      found
        .map(({ path, why }) => {
          const halves = why.split(' / ');
          const said = halves[language] ?? halves[0];
          return said ? `${path} (${said})` : path;
        })
        .join('; ');
    return [
      ill(
        `mapping guess ${section}`,
        'advice',
        both(
          `Раздел ${section} файла соответствия предполагает: ${list(0)}`,
          `Section ${section} of the mapping supposes: ${list(1)}`,
        ),
        both(
          'Сверьте с примерами (itk doctor --mapping) и снимите отметку guess',
          'Compare with the examples (itk doctor --mapping), then remove the mark "guess"',
        ),
      ),
    ];
  });
}
