import { XmlDocument, XmlParseError } from 'libxml2-wasm';
import { DamagedFileError, type EnterpriseRecord } from '#ims-enterprise';
import { theGuidesExample } from '#ims-enterprise/testing';
import { FileDecoder } from '../../libs/ims-enterprise/reading/decoder.js';
import { EnterpriseParser } from '../../libs/ims-enterprise/reading/parser.js';
import { RecordBuilder } from '../../libs/ims-enterprise/reading/record-builder.js';

export const imsRefusals = [DamagedFileError];

const everything = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE enterprise SYSTEM "ims_epv1p1.dtd">
<enterprise xmlns="urn:ims"><properties><target>moodle</target></properties><comments/>
<group recstatus='2'><sourcedid><id>C&#49;</id></sourcedid><org><orgunit><![CDATA[A & B]]></orgunit></org></group>
<person><sourcedid sourcedidtype="Old"><id>1</id></sourcedid><sourcedid><id>2</id></sourcedid><photo imgtype="gif"><extref>x</extref></photo></person>
<membership><sourcedid><id>C1</id></sourcedid><member><sourcedid><id>2</id></sourcedid><role recstatus="3" roletype="08"/>
<role roletype="01"><status>1</status><timeframe><end restrict="1">2026-07-01</end></timeframe></role></member></membership></enterprise>`;
export const imsSamples = [theGuidesExample, everything, everything.replaceAll('\n', '')];

export function readIms(text: string): EnterpriseRecord[] {
  const [decoder, parser] = [new FileDecoder(), new EnterpriseParser(new RecordBuilder())];
  return [...parser.push(decoder.push(Buffer.from(text)) + decoder.end()), ...parser.end()];
}

/** What a namespace is called is no matter of form; the encoding has been settled before the text. */
const ofForm = (complaints: string): string | undefined =>
  complaints
    .split('\n')
    .find((one) => one.trim() !== '' && !/^xmlns.*(?:is not a valid URI|is not absolute)$|encoding/i.test(one));

/** What another reader of XML says against a text; undefined: it is well-formed. */
export function complaintOf(text: string): string | undefined {
  try {
    XmlDocument.fromString(Buffer.from(text).toString()).dispose();
    return undefined;
  } catch (error) {
    if (error instanceof XmlParseError) return ofForm(error.message);
    throw error;
  }
}
