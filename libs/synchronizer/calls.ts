import { readBindings, readErrors, readRefused, type BindingChange, type FoundError } from './answers/lists.js';
import type { Page } from './answers/page.js';
import { writePairs, type Flag, type Refused } from './answers/pairs.js';
import type { StudentElement } from './answers/element.js';
import { RefusedError } from './errors.js';
import type { ParametersOf } from './soap/envelope.js';
import type { OperationName } from './soap/operations.js';

/** The operations, under whatever lock and session the caller has. */
export interface SynchronizerCalls {
  /** At most `limit` students whom 1C does not hide, in its order. */
  getStudents(els: string, limit: number): Promise<StudentElement[]>;
  /** Hides the students until their period. Gives back what 1C refused; the others are flagged. */
  setCronflag(flags: readonly Flag[], els: string): Promise<Refused[]>;
  setErrorCronflag(code: string, els: string): Promise<void>;
  /** Changes of bindings after `sequence`, oldest first. */
  bindingsSince(els: string, sequence: number, limit: number): Promise<BindingChange[]>;
  /** Faults that 1C has found itself after `sequence`, oldest first: it has flagged these students and hides them. */
  errorsSince(els: string, sequence: number, limit: number): Promise<FoundError[]>;
  /** Ends the students' live register rows: 1C offers them again. Gives back the codes it does not know. */
  reoffer(codes: readonly string[], els: string): Promise<Refused[]>;
  /** SetCronflag with a list of nobody: changes nothing, and shows whether 1C knows the system and lets us flag. */
  flagNobody(els: string): Promise<void>;
}

/** Has an operation done for the system `els`, and gives its result's text. */
export type Call = <O extends OperationName>(operation: O, parameters: ParametersOf<O>, els: string) => Promise<string>;

/** Writes what an operation takes and reads what it returned. */
export const callsBy = (call: Call, pageOf: (text: string) => Page): SynchronizerCalls => ({
  getStudents: async (els, limit) => pageOf(await call('GetStudents', { SystemName: els, Limit: limit }, els)).elements,
  setCronflag: async (flags, els) =>
    flags.length === 0
      ? []
      : taken(await call('SetCronflag', { Students: writePairs(flags), SystemName: els }, els), 'SetCronflag'),
  setErrorCronflag: async (code, els) => {
    taken(await call('SetErrorCronflag', { Student: code, SystemName: els }, els), 'SetErrorCronflag');
  },
  bindingsSince: async (els, sequence, limit) =>
    readBindings(await call('BindingsSince', { SystemName: els, Sequence: sequence, Limit: limit }, els)),
  errorsSince: async (els, sequence, limit) =>
    readErrors(await call('ErrorsSince', { SystemName: els, Sequence: sequence, Limit: limit }, els)),
  reoffer: async (codes, els) =>
    codes.length === 0
      ? []
      : taken(await call('Reoffer', { Students: codes.join(', '), SystemName: els }, els), 'Reoffer'),
  flagNobody: async (els) => {
    taken(await call('SetCronflag', { Students: '', SystemName: els }, els), 'SetCronflag');
  },
});

/** What was refused of a list; throws where the whole was. */
function taken(text: string, operation: OperationName): Refused[] {
  const refused = readRefused(text);
  if (refused === undefined) throw new RefusedError(operation);
  return refused;
}
