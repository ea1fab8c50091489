export { operations, type OperationName } from './soap/operations.js';
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
} from './soap/envelope.js';
export { CharsetError, decodeRequest } from './http/charset.js';
export { writeWsdl } from './soap/wsdl.js';
export { NotXmlError } from './soap/xml.js';
export { withoutNames } from './soap/without-names.js';
export { readElement, type Misplaced, type OnecStudent, type StudentElement } from './answers/element.js';
export type { BindingChange, FoundError } from './answers/lists.js';
export { addMonth, naiveOf, type NaiveDate } from './answers/naive-date.js';
export { readPairs, type Flag, type Refused } from './answers/pairs.js';
export { pageNoJsonAlarm } from './pages-told.js';
export { mayBeDone, MissingOperationError, UnreachableError } from './errors.js';
export type { SynchronizerCalls } from './calls.js';
export { SynchronizerClient, type SynchronizerOptions } from './client.js';
export { examineOneCOf, SynchronizerClients, SynchronizerModule } from './clients.js';
