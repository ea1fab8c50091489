import type { Person } from '../../model.js';
import { all, child, codeIn, given, textOf, words, type Element } from '../element.js';
import { otherIdsOf, recstatusOf, sourcedidOf } from './fields.js';

type Address = NonNullable<Person['address']>;

/** A password may stand beside the login: it is never read. */
const useridsOf = (record: Element): Person['userids'] =>
  all(record, 'userid').flatMap((element) => {
    const userid = codeIn(element);
    if (userid === undefined) return [];
    const { useridtype, authenticationtype } = element.attributes;
    return [
      given<Person['userids'][number]>({ userid, type: words(useridtype), authentication: words(authenticationtype) }),
    ];
  });

function nameOf(record: Element): Person['name'] {
  const name = child(record, 'name');
  const parts = name && child(name, 'n');
  return given<Person['name']>({
    full: textOf(name, 'fn'),
    family: textOf(parts, 'family'),
    given: textOf(parts, 'given'),
    other: textOf(parts, 'other'),
  });
}

function addressOf(record: Element): Address | undefined {
  const element = child(record, 'adr');
  if (!element) return undefined;
  const address = given<Address>({
    streets: all(element, 'street')
      .map(({ text }) => words(text))
      .filter((street) => street !== undefined),
    locality: textOf(element, 'locality'),
    region: textOf(element, 'region'),
    postcode: textOf(element, 'pcode'),
    country: textOf(element, 'country'),
  });
  return Object.keys(address).length === 1 && address.streets.length === 0 ? undefined : address;
}

const phonesOf = (record: Element): Person['phones'] =>
  all(record, 'tel').flatMap(({ text, attributes }) => {
    const number = words(text);
    return number === undefined ? [] : [given<Person['phones'][number]>({ number, type: words(attributes.teltype) })];
  });

function photoOf(record: Element): Person['photo'] {
  const element = child(record, 'photo');
  const reference = textOf(element, 'extref');
  return reference === undefined
    ? undefined
    : given<NonNullable<Person['photo']>>({ reference, type: words(element?.attributes.imgtype) });
}

const institutionrolesOf = (record: Element): Person['institutionroles'] =>
  all(record, 'institutionrole').flatMap(({ attributes }) => {
    const role = words(attributes.institutionroletype);
    return role === undefined ? [] : [{ role, primary: /^yes$/i.test(attributes.primaryrole ?? '') }];
  });

function extensionOf(record: Element): Record<string, string> {
  const fields = (child(record, 'extension')?.children ?? []).map(({ name, text }) => [name, words(text)] as const);
  return Object.fromEntries(fields.filter((field): field is [string, string] => field[0] !== '' && !!field[1]));
}

export const personOf = (record: Element): Person =>
  given<Person>({
    kind: 'person',
    line: record.line,
    sourcedid: sourcedidOf(record),
    otherIds: otherIdsOf(record),
    recstatus: recstatusOf(record),
    userids: useridsOf(record),
    name: nameOf(record),
    email: textOf(record, 'email'),
    phones: phonesOf(record),
    address: addressOf(record),
    photo: photoOf(record),
    systemrole: words(child(record, 'systemrole')?.attributes.systemroletype),
    institutionroles: institutionrolesOf(record),
    extension: extensionOf(record),
  });
