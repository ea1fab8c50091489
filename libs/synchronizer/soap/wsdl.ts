import { operationNames, operations, serviceName, soapAction, type OperationName } from './operations.js';
import { child, escapeXml, find, findAll, parseXml, type XmlElement } from './xml.js';

const wrapper = (name: OperationName): string => {
  const parameters = operations[name].parameters
    .map(
      ({ name: parameter, type }) =>
        `\t\t\t\t\t\t<xs:element name="${parameter}"\r\n\t\t\t\t\t\t\t\ttype="${type}"/>\r\n`,
    )
    .join('');
  return (
    `\t\t\t<xs:element name="${name}">\r\n\t\t\t\t<xs:complexType>\r\n\t\t\t\t\t<xs:sequence>\r\n${parameters}` +
    `\t\t\t\t\t</xs:sequence>\r\n\t\t\t\t</xs:complexType>\r\n\t\t\t</xs:element>\r\n` +
    `\t\t\t<xs:element name="${name}Response">\r\n\t\t\t\t<xs:complexType>\r\n\t\t\t\t\t<xs:sequence>\r\n` +
    `\t\t\t\t\t\t<xs:element name="return"\r\n\t\t\t\t\t\t\t\ttype="xs:string"\r\n\t\t\t\t\t\t\t\tnillable="true"/>\r\n` +
    `\t\t\t\t\t</xs:sequence>\r\n\t\t\t\t</xs:complexType>\r\n\t\t\t</xs:element>\r\n`
  );
};

const messages = (name: OperationName): string =>
  ['Request', 'Response']
    .map(
      (direction) =>
        `\t<message name="${name}${direction}Message">\r\n` +
        `\t\t<part name="parameters"\r\n\t\t\t\telement="tns:${name}${direction === 'Request' ? '' : 'Response'}"/>\r\n` +
        `\t</message>\r\n`,
    )
    .join('');

const portOperation = (name: OperationName): string =>
  `\t\t<operation name="${name}">\r\n` +
  `\t\t\t<input name="${name}Request"\r\n\t\t\t\t\tmessage="tns:${name}RequestMessage"/>\r\n` +
  `\t\t\t<output name="${name}Response"\r\n\t\t\t\t\tmessage="tns:${name}ResponseMessage"/>\r\n` +
  `\t\t</operation>\r\n`;

const binding = (suffix: 'Soap' | 'Soap12', prefix: 'soapbind' | 'soap12bind', namespace: string): string =>
  `\t<binding name="${serviceName}${suffix}Binding"\r\n\t\t\ttype="tns:${serviceName}PortType">\r\n` +
  `\t\t<${prefix}:binding style="document"\r\n\t\t\t\ttransport="http://schemas.xmlsoap.org/soap/http"/>\r\n` +
  operationNames
    .map(
      (name) =>
        `\t\t<operation name="${name}">\r\n` +
        `\t\t\t<${prefix}:operation style="document"\r\n\t\t\t\t\tsoapAction="${escapeXml(soapAction(namespace, name))}"/>\r\n` +
        `\t\t\t<input>\r\n\t\t\t\t<${prefix}:body use="literal"/>\r\n\t\t\t</input>\r\n` +
        `\t\t\t<output>\r\n\t\t\t\t<${prefix}:body use="literal"/>\r\n\t\t\t</output>\r\n` +
        `\t\t</operation>\r\n`,
    )
    .join('') +
  `\t</binding>\r\n`;

const port = (suffix: 'Soap' | 'Soap12', prefix: string, address: string): string =>
  `\t\t<port name="${serviceName}${suffix}"\r\n\t\t\t\tbinding="tns:${serviceName}${suffix}Binding">\r\n` +
  `\t\t\t<documentation>\r\n` +
  `\t\t\t\t<wsi:Claim xmlns:wsi="http://ws-i.org/schemas/conformanceClaim/"\r\n` +
  `\t\t\t\t\t\tconformsTo="http://ws-i.org/profiles/basic/1.1"/>\r\n` +
  `\t\t\t</documentation>\r\n` +
  `\t\t\t<${prefix}:address location="${escapeXml(address)}"/>\r\n\t\t</port>\r\n`;

/** The description of the web service in the shape in which 1C generates it: WSDL 1.1, document/literal, both bindings. */
export function writeWsdl(namespace: string, address: string): string {
  const ns = escapeXml(namespace);
  return (
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"\r\n` +
    `\t\txmlns:soap12bind="http://schemas.xmlsoap.org/wsdl/soap12/"\r\n` +
    `\t\txmlns:soapbind="http://schemas.xmlsoap.org/wsdl/soap/"\r\n` +
    `\t\txmlns:tns="${ns}"\r\n` +
    `\t\txmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"\r\n` +
    `\t\txmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"\r\n` +
    `\t\txmlns:xsd="http://www.w3.org/2001/XMLSchema"\r\n` +
    `\t\txmlns:xsd1="${ns}"\r\n` +
    `\t\tname="${serviceName}"\r\n\t\ttargetNamespace="${ns}">\r\n` +
    `\t<types>\r\n` +
    `\t\t<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"\r\n\t\t\t\txmlns:xs1="${ns}"\r\n` +
    `\t\t\t\ttargetNamespace="${ns}"\r\n\t\t\t\tattributeFormDefault="unqualified"\r\n` +
    `\t\t\t\telementFormDefault="qualified">\r\n` +
    operationNames.map(wrapper).join('') +
    `\t\t</xs:schema>\r\n\t</types>\r\n` +
    operationNames.map(messages).join('') +
    `\t<portType name="${serviceName}PortType">\r\n` +
    operationNames.map(portOperation).join('') +
    `\t</portType>\r\n` +
    binding('Soap', 'soapbind', namespace) +
    binding('Soap12', 'soap12bind', namespace) +
    `\t<service name="${serviceName}">\r\n` +
    port('Soap', 'soapbind', address) +
    port('Soap12', 'soap12bind', address) +
    `\t</service>\r\n</definitions>`
  );
}

/** What a publication offers, read from its WSDL. */
export interface Description {
  namespace: string;
  operations: string[];
}

/** Throws NotXmlError, or gives nothing where the text is XML but no WSDL. */
export function readWsdl(text: string): Description | undefined {
  const root: XmlElement = parseXml(text);
  if (root.name !== 'definitions') return undefined;
  const portType = find(root, 'portType');
  const names = (portType ? findAll(portType, 'operation') : []).flatMap((one) => one.attributes.name ?? []);
  const namespace = root.attributes.targetNamespace ?? child(root, 'types')?.attributes.targetNamespace ?? '';
  return { namespace, operations: [...new Set(names)] };
}
