import { SaxesParser, type SaxesTagNS } from 'saxes';
import { both, type Bilingual } from '#contracts';
import type { EnterpriseRecord } from '../model.js';
import type { Element } from './element.js';
import { DamagedFileError } from './faults.js';
import { limits } from './limits.js';
import type { RecordBuilder } from './record-builder.js';

const noAttributes = {};

/** A name, and perhaps where a DTD lies; the XML parser leaves a document type to whoever cares. */
const start = ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF';
const blank = '[ \\t\\r\\n]';
const publicId = `"[- \\r\\n\\w'()+,./:=?;!*#@$%]*"|'[- \\r\\n\\w()+,./:=?;!*#@$%]*'`;
const documentType = new RegExp(
  `^${blank}+[${start}][-.\\d\\u00B7\\u0300-\\u036F${start}]*` +
    `(?:${blank}+(?:SYSTEM|PUBLIC${blank}+(?:${publicId}))${blank}+(?:"[^"]*"|'[^']*'))?${blank}*$`,
);

/** Attributes of the format have no namespace; `xmlns` and whatever has a prefix says nothing here. */
function attributesOf(tag: SaxesTagNS): Readonly<Record<string, string>> {
  let own: Record<string, string> | undefined;
  for (const name in tag.attributes) {
    const { prefix, local, value } = tag.attributes[name]!;
    if (prefix === '' && local !== '__proto__') (own ??= {})[local.toLowerCase()] = value;
  }
  return own ?? noAttributes;
}

/**
 * The text of a file, piece by piece, to records. Entities other than XML's own five are an error, and a document type
 * is never followed: neither can fetch or multiply anything.
 */
export class EnterpriseParser {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #open: Element[] = [];
  #namespace = '';
  /** Of what the file says last: where a tag began, its name may end a line later. */
  #tagLine = 1;
  #silence = 0;
  #heard = false;

  /** Without a builder only the form is looked at. */
  constructor(private readonly builder?: RecordBuilder) {
    const parser = this.#parser;
    const heard = (): void => void (this.#heard = true);
    parser.on('error', ({ message }) => {
      const what = message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
      throw this.#damaged(both(`XML с ошибкой: ${what}`, `not well-formed: ${what}`));
    });
    parser.on('doctype', (text) => {
      heard();
      if (text.includes('['))
        throw this.#damaged(both('объявления внутри DOCTYPE не принимаются', 'declarations in DOCTYPE are not taken'));
      if (!documentType.test(text)) throw this.#damaged(both('DOCTYPE с ошибкой', 'a faulty DOCTYPE'));
    });
    parser.on('opentagstart', () => {
      this.#tagLine = parser.columnIndex === 0 ? parser.line - 1 : parser.line;
    });
    parser.on('opentag', (tag) => {
      heard();
      this.#openTag(tag);
    });
    parser.on('closetag', () => {
      heard();
      const element = this.#open.pop()!;
      this.builder?.close(element, this.#open);
    });
    const text = (piece: string): void => {
      heard();
      this.builder?.text(piece, this.#open.at(-1));
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('comment', heard);
    parser.on('processinginstruction', ({ body }) => {
      heard();
      // the XML parser does not miss the blank in front of it
      if (body.startsWith('?')) throw this.#damaged(both('инструкция с ошибкой', 'a faulty processing instruction'));
    });
  }

  push(text: string): EnterpriseRecord[] {
    this.#heard = false;
    this.#parser.write(text);
    this.#silence = this.#heard ? 0 : this.#silence + text.length;
    if (this.#silence > limits.piece)
      throw this.#damaged(
        both(
          `текст или тег длиннее ${limits.piece} символов`,
          `a text or a tag longer than ${limits.piece} characters`,
        ),
      );
    return this.builder?.take() ?? [];
  }

  end(): EnterpriseRecord[] {
    this.#parser.close();
    return this.builder?.take() ?? [];
  }

  #damaged(what: Bilingual): DamagedFileError {
    return new DamagedFileError(this.#parser.line, Math.max(1, this.#parser.columnIndex), what);
  }

  #openTag(tag: SaxesTagNS): void {
    if (this.#open.length >= limits.depth)
      throw this.#damaged(
        both(`элементы вложены глубже ${limits.depth}`, `elements are nested deeper than ${limits.depth}`),
      );
    if (this.#open.length === 0) this.#namespace = tag.uri;
    const name = tag.uri === this.#namespace ? tag.local.toLowerCase() : '';
    if (this.#open.length === 0 && name !== 'enterprise')
      throw this.#damaged(
        both(`корневой элемент не enterprise, а ${tag.name}`, `the root element is not enterprise but ${tag.name}`),
      );
    const attributes = this.builder ? attributesOf(tag) : noAttributes;
    const element = { name, attributes, children: [], text: '', line: this.#tagLine };
    this.builder?.open(element, this.#open);
    this.#open.push(element);
  }
}
