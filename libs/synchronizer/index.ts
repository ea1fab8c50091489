export { operations, type OperationName } from './wire/operations.js';
export {
  BadRequestError,
  contentTypeOf,
  readAnswer,
  readRequest,
  writeFault,
  writeRequest,
  writeResponse,
  type Request,
  type SoapVersion,
} from './wire/envelope.js';
export { CharsetError, decodeRequest } from './wire/charset.js';
export { writeWsdl } from './wire/wsdl.js';
export { NotXmlError } from './wire/xml.js';
export { withoutNames } from './wire/without-names.js';
export { readElement, type Misplaced, type OnecStudent, type StudentElement } from './answers/element.js';
export type { BindingChange, FoundError } from './answers/lists.js';
export { addMonth, naiveOf, type NaiveDate } from './answers/naive-date.js';
export { readPairs, type Flag, type Refused } from './answers/pairs.js';
export { pageNoJsonAlarm } from './answers/pages-told.js';
export { mayBeDone, MissingOperationError, UnreachableError } from './errors.js';
export type { SynchronizerCalls } from './calls.js';
export { SynchronizerClient, type SynchronizerOptions } from './client.js';
export { examineOneCOf, SynchronizerClients, SynchronizerModule } from './clients.js';
