export { alwaysOpen, leaseForOne } from './guards.js';
