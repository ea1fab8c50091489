export { alwaysOpen, holdAlone } from './guards.js';
