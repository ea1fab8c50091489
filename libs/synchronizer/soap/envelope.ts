import { operations, type OperationName } from './operations.js';
import { child, escapeXml, find, parseXml, type XmlElement } from './xml.js';

export type SoapVersion = '1.1' | '1.2';

const envelopes: Record<SoapVersion, { namespace: string; contentType: string }> = {
  '1.1': { namespace: 'http://schemas.xmlsoap.org/soap/envelope/', contentType: 'text/xml; charset=utf-8' },
  '1.2': { namespace: 'http://www.w3.org/2003/05/soap-envelope', contentType: 'application/soap+xml; charset=utf-8' },
};
export const contentTypeOf = (version: SoapVersion): string => envelopes[version].contentType;

/** Values by parameter name; the envelope keeps the WSDL's order and leaves none out, as 1C demands. */
export type ParametersOf<O extends OperationName> = Record<
  (typeof operations)[O]['parameters'][number]['name'],
  string | number
>;

export function writeRequest<O extends OperationName>(
  operation: O,
  parameters: ParametersOf<O>,
  namespace: string,
  version: SoapVersion = '1.1',
): string {
  const values = parameters as Record<string, string | number>;
  const body = operations[operation].parameters
    .map(({ name }) => `      <m:${name}>${escapeXml(String(values[name]))}</m:${name}>\n`)
    .join('');
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${envelopes[version].namespace}">\n  <soap:Body>\n` +
    `    <m:${operation} xmlns:m="${escapeXml(namespace)}">\n${body}    </m:${operation}>\n  </soap:Body>\n</soap:Envelope>\n`
  );
}

/** The request cannot be understood; the text is for the fault. */
export class BadRequestError extends Error {
  override name = 'BadRequestError';
}

export interface Request {
  version: SoapVersion;
  operation: string;
  namespace: string;
  /** By local name; a null (xsi:nil) is absent. */
  parameters: Record<string, string>;
}

const isNil = (element: XmlElement): boolean => ['true', '1'].includes(element.attributes.nil ?? '');

/** The parser drops prefixes and their declarations, so the namespace of the call is looked up in the text. */
function namespaceOf(text: string, operation: string): string {
  const prefix = new RegExp(`<(?:([\\w.-]+):)?${operation}[\\s/>]`).exec(text)?.[1];
  const declaration = prefix === undefined ? /\sxmlns="([^"]*)"/ : new RegExp(`\\sxmlns:${prefix}="([^"]*)"`);
  return declaration.exec(text)?.[1] ?? '';
}

/** Reads a request of either SOAP version, under any prefix. Throws NotXmlError and {@link BadRequestError}. */
export function readRequest(text: string): Request {
  const envelope = parseXml(text);
  if (envelope.name !== 'Envelope') throw new BadRequestError('the root element is not a SOAP Envelope');
  // The parser drops prefixes, so the version is seen by the namespace anywhere in the head of the text.
  const head = text.slice(0, text.indexOf('Body') + 1 || 4000);
  const version: SoapVersion = head.includes(envelopes['1.2'].namespace) ? '1.2' : '1.1';
  const call = child(envelope, 'Body')?.children[0];
  if (!call) throw new BadRequestError('the SOAP Body is empty');
  // It goes into a pattern below, and no operation has such a name.
  if (call.name.length > 200) throw new BadRequestError('the name of the operation is longer than 200 characters');
  const parameters = Object.fromEntries(
    call.children.filter((one) => !isNil(one)).map((one) => [one.name, one.text] as const),
  );
  return { version, operation: call.name, namespace: namespaceOf(text, call.name), parameters };
}

const xsi = `xmlns:xs="http://www.w3.org/2001/XMLSchema"\r\n\t\t\t\t\txmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;

/** 1C's own layout: no declaration, tabs, CRLF, `m:return` with its namespaces; an empty string closes itself. */
export function writeResponse(operation: string, result: string, namespace: string, version: SoapVersion): string {
  const value = result === '' ? `<m:return ${xsi}/>` : `<m:return ${xsi}>${escapeXml(result)}</m:return>`;
  return (
    `<soap:Envelope xmlns:soap="${envelopes[version].namespace}">\r\n\t<soap:Body>\r\n` +
    `\t\t<m:${operation}Response xmlns:m="${escapeXml(namespace)}">\r\n\t\t\t${value}\r\n` +
    `\t\t</m:${operation}Response>\r\n\t</soap:Body>\r\n</soap:Envelope>`
  );
}

export function writeFault(side: 'server' | 'client', text: string, version: SoapVersion): string {
  const fault =
    version === '1.1'
      ? `\t\t\t<faultcode>soap:${side === 'server' ? 'Server' : 'Client'}</faultcode>\r\n` +
        `\t\t\t<faultstring>${escapeXml(text)}</faultstring>\r\n\t\t\t<detail/>\r\n`
      : `\t\t\t<soap:Code>\r\n\t\t\t\t<soap:Value>soap:${side === 'server' ? 'Receiver' : 'Sender'}</soap:Value>\r\n\t\t\t</soap:Code>\r\n` +
        `\t\t\t<soap:Reason>\r\n\t\t\t\t<soap:Text xml:lang="ru">${escapeXml(text)}</soap:Text>\r\n\t\t\t</soap:Reason>\r\n`;
  return (
    `<soap:Envelope xmlns:soap="${envelopes[version].namespace}">\r\n\t<soap:Body>\r\n\t\t<soap:Fault>\r\n${fault}` +
    `\t\t</soap:Fault>\r\n\t</soap:Body>\r\n</soap:Envelope>`
  );
}

/** What stands in an answer that is XML: the operation's text (null, absent and self-closed are empty), a fault, or neither. */
export type Answer = { result: string } | { fault: string } | { neither: string };

/** Throws NotXmlError. */
export function readAnswer(text: string, operation: string): Answer {
  const root = parseXml(text);
  const fault = root.name === 'Envelope' ? find(root, 'Fault') : undefined;
  if (fault) {
    const reason = child(fault, 'faultstring') ?? find(fault, 'Text') ?? fault;
    return { fault: reason.text.trim() };
  }
  const response = root.name === 'Envelope' ? find(root, `${operation}Response`) : undefined;
  if (!response) return { neither: root.name };
  const value = child(response, 'return');
  return { result: !value || isNil(value) ? '' : value.text };
}
