export { authority, certificateFor, secureServer, type Certificate } from './certificates.js';
export { littleProxy, type LittleProxy } from './little-proxy.js';
