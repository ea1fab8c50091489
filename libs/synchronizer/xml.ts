import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** The text is not well-formed XML: cut short, or no XML at all. */
export class NotXmlError extends Error {
  override name = 'NotXmlError';
}

// XML 1.0 has no way to write these, not even as references.
const forbidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text of an element or an attribute; what XML cannot hold is left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** An element: its local name, attributes by local name, children, and its own text. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: false,
  cdataPropName: '#cdata',
});

// The parser's own decoding of references counts them and stops at a limit; a page of students holds thousands.
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );

type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

function textOf(node: Node): string {
  if ('#text' in node) return decode(String(node['#text']));
  // A CDATA section holds its text as it stands.
  if ('#cdata' in node) return (node['#cdata'] as Node[]).map((part) => String(part['#text'] ?? '')).join('');
  return '';
}

function elementOf(node: Node): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('#') || name.startsWith('?')) return undefined;
  const content = node[name] as Node[];
  const attributes = Object.fromEntries(
    Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, decode(String(value))]),
  );
  return {
    name,
    attributes,
    children: content.flatMap((child) => elementOf(child) ?? []),
    text: content.map(textOf).join(''),
  };
}

export const stripBom = (text: string): string => text.replace(/^\uFEFF+/, '');

/**
 * Reads XML by local names; prefixes and namespaces do not matter. Throws {@link NotXmlError}.
 * A document type is refused: SOAP has none, and its entities are an old way to exhaust a server.
 */
export function parseXml(text: string): XmlElement {
  const clean = stripBom(text).trim();
  if (!clean.startsWith('<')) throw new NotXmlError('the text does not begin with <');
  if (/<!DOCTYPE/i.test(clean.slice(0, 2000))) throw new NotXmlError('the text has a document type');
  const valid = XMLValidator.validate(clean, { allowBooleanAttributes: true });
  if (valid !== true) throw new NotXmlError(`not well-formed in line ${valid.err.line}`);
  const roots = (parser.parse(clean) as Node[]).flatMap((node) => elementOf(node) ?? []);
  if (roots.length !== 1) throw new NotXmlError('there is no single root element');
  return roots[0] as XmlElement;
}

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one) => one.name === name);

/** The first element of that name anywhere below, the element itself included. */
export function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const one of element.children) {
    const found = find(one, name);
    if (found) return found;
  }
  return undefined;
}

export function findAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((one) => [...(one.name === name ? [one] : []), ...findAll(one, name)]);
}
