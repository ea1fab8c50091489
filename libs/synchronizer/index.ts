export * from './operations.js';
export { SynchronizerClient, type SynchronizerCalls, type SynchronizerOptions } from './client.js';
export {
  readStudents,
  readElement,
  onecStudentSchema,
  type BindingChange,
  type FoundError,
  type Misplaced,
  type OnecStudent,
  type StudentElement,
} from './element.js';
export { CharsetError, decodeRequest } from './charset.js';
export * from './errors.js';
export * from './envelope.js';
export * from './naive-date.js';
export * from './pairs.js';
export { readWsdl, writeWsdl, type Description } from './wsdl.js';
export { NotXmlError, escapeXml } from './xml.js';
export * from './telling.js';
export * from './reports.js';
export * from './clients.js';
export { pageNoJsonAlarm } from './pages-told.js';
export { countTold } from './told-metric.js';
export { examineOneC } from './doctor/examine.js';
export { onecCircumstances, type OnecCircumstances } from './doctor/circumstances.js';
