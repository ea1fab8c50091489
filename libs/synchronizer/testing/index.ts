export { ScriptedOnec } from './scripted-onec.js';
