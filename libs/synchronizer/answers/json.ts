import { both } from '#contracts';
import { NotJsonError, ProtocolError } from '../errors.js';
import { stripBom } from '../soap/xml.js';
import { placeOfFault } from './page-by-record.js';

export const withoutBom = (text: string): string => stripBom(text.trim()).trim();

/** JSON text of a result; 1C may set a mark of byte order before it. Throws ProtocolError and {@link NotJsonError}. */
export function readJson(text: string, operation: string): unknown {
  const clean = withoutBom(text);
  if (clean === '')
    throw new ProtocolError(both(`${operation} вернула пустую строку`, `${operation} returned an empty string`));
  try {
    return JSON.parse(clean) as unknown;
  } catch {
    throw new NotJsonError(operation, placeOfFault(clean));
  }
}
