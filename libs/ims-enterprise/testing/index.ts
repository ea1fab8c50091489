export { importAsMoodle, type Imported } from './moodle-importer.js';
export { anyForm, groupNode, membershipNode, personNode, propertiesNode, type Node } from './any-form.js';
export { universities, type University } from './universities.js';
export { readAll } from './read-all.js';
export { theGuidesExample } from './guide.js';
export { writeBigFile } from './big-file.js';
export { MoodleSite, settingsAtFirst, type PluginSettings } from './moodle-site.js';
export { plainText } from '../writing/text.js';
