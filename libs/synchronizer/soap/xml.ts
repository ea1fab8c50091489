import { SaxesParser } from 'saxes';

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

/** 1C's own texts may carry a character or a reference that XML does not know: no reason to refuse the whole answer. */
const tolerated = /: (?:disallowed character\.|undefined entity\.|the string "]]>" is disallowed in char data\.)$/;
/** Nothing of SOAP or WSDL comes near; whoever reads the tree goes down by recursion. */
const deepest = 200;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const byLocalName = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), String(value)]));

export const stripBom = (text: string): string => text.replace(/^\uFEFF+/, '');

/**
 * Reads XML by local names; prefixes and namespaces do not matter. Throws {@link NotXmlError}.
 * A document type is refused: SOAP has none, and its entities are an old way to exhaust a server.
 */
export function parseXml(text: string): XmlElement {
  const clean = stripBom(text).trim();
  if (!clean.startsWith('<')) throw new NotXmlError('the text does not begin with <');
  const outside: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [outside];
  const take = (piece: string): void => {
    open.at(-1)!.text += piece;
  };
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    if (!tolerated.test(error.message)) throw new NotXmlError(`not well-formed: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new NotXmlError('the text has a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) throw new NotXmlError(`elements are nested deeper than ${deepest}`);
    const element = { name: localName(name), attributes: byLocalName(attributes), children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', take);
  parser.on('cdata', take);
  parser.write(clean).close();
  return outside.children[0]!;
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
