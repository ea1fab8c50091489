export { alarmStands } from '../alarm.js';
export { authority, certificateFor, secureServer, type Certificate } from './certificates.js';
export { configurationFolder, leastConfiguration } from './configuration-file.js';
export { littleProxy, type LittleProxy } from './little-proxy.js';
export { processorTime } from './processor-time.js';
