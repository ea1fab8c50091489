import { fault } from './faults.js';
import { limits } from './limits.js';

/** An element of one record; names are in lower case and without prefixes, and empty where not of the format. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Element[];
  text: string;
  line: number;
}

/** The fields that have a value. */
export function given<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const some: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) some[name] = fields[name];
  return some as T;
}

export const child = ({ children }: Element, name: string): Element | undefined =>
  children.find((one) => one.name === name);
export const all = ({ children }: Element, name: string): Element[] => children.filter((one) => one.name === name);

/** Most texts: nothing to do. */
const tidy = /^[^ \t\r\n]+(?: [^ \t\r\n]+)*$/;

/** Blanks in a row are one: where a line is broken says nothing. Undefined where nothing is said. */
export const words = (text: string | undefined): string | undefined =>
  text === undefined || tidy.test(text) ? text : text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '') || undefined;
export const textOf = (element: Element | undefined, name: string): string | undefined =>
  element && words(child(element, name)?.text);

/** Codes keep every letter; only the blanks around them go. */
export function codeIn(element: Element | undefined): string | undefined {
  const code = element?.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') || undefined;
  if (code !== undefined && code.length > limits.code)
    throw fault('long-code', `код длиннее ${limits.code} символов`, `a code is longer than ${limits.code} characters`);
  return code;
}
