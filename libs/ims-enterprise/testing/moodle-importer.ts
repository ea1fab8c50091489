/**
 * Reads a file as Moodle's `enrol_imsenterprise` does: by lines and regular expressions, not as XML. Entities, CDATA
 * and comments are text to it; most tags must carry neither attributes nor blanks. What it would do with each element,
 * in its order; Moodle's settings apart.
 */
export interface Imported {
  properties: { targets: string[] }[];
  groups: {
    id?: string;
    recstatus: number;
    short?: string;
    long?: string;
    full?: string;
    categories: string[];
  }[];
  persons: {
    idnumber?: string;
    recstatus: number;
    username?: string;
    auth?: string;
    firstname?: string;
    lastname?: string;
    email?: string;
    city?: string;
    country?: string;
  }[];
  members: {
    course?: string;
    idnumber?: string;
    roletype?: string;
    /** Moodle takes anything but 1 for a wish to unenrol. */
    enrol: boolean;
    begin?: string;
    end?: string;
    group?: string;
  }[];
  /** The kinds in the order in which they were worked on. */
  order: string[];
}

const first = (text: string, expression: RegExp): string | undefined => expression.exec(text)?.[1]?.trim();
const id = (text: string): string | undefined => first(text, /<sourcedid>.*?<id>(.+?)<\/id>.*?<\/sourcedid>/is);
const recstatus = (text: string, tag: string): number =>
  Number(first(text, new RegExp(`<${tag}\\b[^>]*recstatus\\s*=\\s*["'](\\d)["']`, 'is')) ?? 0);
const within = (outer: string, inner: string, some = '.*?'): RegExp =>
  new RegExp(`<${outer}>.*?<${inner}>(${some})</${inner}>.*?</${outer}>`, 'is');

const group = (text: string): Imported['groups'][number] => {
  const org = /<org>.*?<\/org>/is.exec(text)?.[0] ?? '';
  return {
    id: id(text),
    recstatus: recstatus(text, 'group'),
    short: first(text, within('description', 'short')),
    long: first(text, within('description', 'long')),
    full: first(text, within('description', 'full')),
    categories: [...org.matchAll(/<orgunit>(.*?)<\/orgunit>/gis)].map((match) => match[1]!.trim()),
  };
};

const nameOf = (text: string, part: string): string | undefined =>
  first(text, new RegExp(`<name>.*?<n>.*?<${part}>(.+?)</${part}>.*?</n>.*?</name>`, 'is'));

const person = (text: string): Imported['persons'][number] => ({
  idnumber: id(text),
  recstatus: recstatus(text, 'person'),
  username: first(text, /<userid\b[^>]*>(.*?)<\/userid>/is),
  auth: first(text, /<userid\s+authenticationtype\s*=\s*"(.*?)">.*?<\/userid>/is),
  firstname: nameOf(text, 'given'),
  lastname: nameOf(text, 'family'),
  email: first(text, /<email>(.*?)<\/email>/is),
  city: first(text, within('adr', 'locality', '.+?')),
  country: first(text, within('adr', 'country', '.+?')),
});

const day = (frame: string | undefined, name: string): string | undefined =>
  frame && first(frame, new RegExp(`<${name}\\s+restrict="1">(\\d\\d\\d\\d-\\d\\d-\\d\\d)</${name}>`, 'is'));

function members(text: string): Imported['members'] {
  const course = id(text);
  return [...text.matchAll(/<member>(.*?)<\/member>/gis)].map(([, member]) => {
    const frame = first(member!, /<role\b.*?<timeframe>(.+?)<\/timeframe>.*?<\/role>/is);
    const status =
      recstatus(member!, 'role') === 3 ? '0' : first(member!, /<role\b.*?<status>(.+?)<\/status>.*?<\/role>/is);
    return {
      course,
      idnumber: id(member!),
      roletype: first(member!, /<role\s+roletype=["'](.+?)["'].*?>/is),
      enrol: Number.parseInt(status ?? '', 10) === 1,
      begin: day(frame, 'begin'),
      end: day(frame, 'end'),
      group: first(member!, /<role\b.*?<extension>.*?<cohort>(.+?)<\/cohort>.*?<\/extension>.*?<\/role>/is),
    };
  });
}

export function importAsMoodle(file: string): Imported {
  const imported: Imported = { properties: [], groups: [], persons: [], members: [], order: [] };
  const take: Record<string, (text: string) => void> = {
    group: (text) => imported.groups.push(group(text)),
    person: (text) => imported.persons.push(person(text)),
    membership: (text) => imported.members.push(...members(text)),
    comments: () => undefined,
    properties: (text) =>
      imported.properties.push({ targets: [...text.matchAll(/<target>(.*?)<\/target>/gis)].map((match) => match[1]!) }),
  };
  let cache = '';
  for (const line of file.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    cache += line;
    const next = (): string | undefined =>
      Object.keys(take).find(
        (tag) => line.toLowerCase().includes(`</${tag}>`) && new RegExp(`<${tag}\\b.*?>.*?</${tag}>`, 'is').test(cache),
      );
    for (let tag = next(); tag !== undefined; tag = next()) {
      const expression = new RegExp(`<${tag}\\b.*?>.*?</${tag}>`, 'is');
      take[tag]!(expression.exec(cache)![0]);
      imported.order.push(tag);
      cache = cache.replace(expression, () => '').trim();
    }
  }
  return imported;
}
