import type { Group, Properties } from '../../model.js';
import { all, child, given, textOf, words, type Element } from '../element.js';
import { recstatusOf, sourcedidIn, sourcedidOf, timeframeOf } from './fields.js';

type Org = NonNullable<Group['org']>;

function orgOf(record: Element): Org | undefined {
  const element = child(record, 'org');
  if (!element) return undefined;
  const units = all(element, 'orgunit')
    .map(({ text }) => words(text))
    .filter((unit) => unit !== undefined);
  const name = textOf(element, 'orgname');
  return name === undefined && units.length === 0 ? undefined : given<Org>({ name, units });
}

const typesOf = (record: Element): Group['types'] =>
  all(record, 'grouptype').flatMap((type) =>
    all(type, 'typevalue').flatMap((value) => {
      const said = words(value.text);
      const [scheme, level] = [textOf(type, 'scheme'), words(value.attributes.level)];
      return said === undefined ? [] : [given<Group['types'][number]>({ scheme, value: said, level })];
    }),
  );

/** One that leads nowhere is left out: nothing of a course hangs on it. */
const relationshipsOf = (record: Element): Group['relationships'] =>
  all(record, 'relationship').flatMap((one) => {
    const element = child(one, 'sourcedid');
    const sourcedid = element && sourcedidIn(element);
    const [relation, label] = [words(one.attributes.relation), textOf(one, 'label')];
    return sourcedid ? [given<Group['relationships'][number]>({ relation, sourcedid, label })] : [];
  });

/** A `<group>`: in practice a course. */
export function groupOf(record: Element): Group {
  const description = child(record, 'description');
  return given<Group>({
    kind: 'group',
    line: record.line,
    sourcedid: sourcedidOf(record),
    recstatus: recstatusOf(record),
    types: typesOf(record),
    short: textOf(description, 'short'),
    long: textOf(description, 'long'),
    full: textOf(description, 'full'),
    org: orgOf(record),
    timeframe: timeframeOf(record),
    relationships: relationshipsOf(record),
  });
}

export const propertiesOf = (record: Element): Properties =>
  given<Properties>({
    kind: 'properties',
    line: record.line,
    datasource: textOf(record, 'datasource'),
    targets: all(record, 'target')
      .map(({ text }) => words(text))
      .filter((target) => target !== undefined),
    type: textOf(record, 'type'),
    datetime: textOf(record, 'datetime'),
  });
