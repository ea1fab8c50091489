import fc from 'fast-check';
import { changeDue, missingDue } from './due.js';

describe('the revision rule', () => {
  it('is: below seen superseded, equal to applied again, else work', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.option(fc.nat(9), { nil: undefined }), (revision, seen, applied) => {
        const due = changeDue(revision, { seen, ...(applied !== undefined && { applied }) });
        expect(due).toBe(revision < seen ? 'superseded' : revision === seen && revision === applied ? 'again' : 'work');
      }),
    );
    expect(changeDue(0, undefined)).toBe('work');
  });
  it('has a vanished account looked up once for each revision', () => {
    expect(missingDue(50, { seen: 3 })).toBe('lookUp');
    expect(missingDue(50, { seen: 3, lookedUp: { revision: 2, time: 60 } })).toBe('lookUp');
    expect(missingDue(50, { seen: 3, lookedUp: { revision: 3, time: 60 } })).toBe('again');
    // Said in the very millisecond of the look-up: that look-up answers it.
    expect(missingDue(60, { seen: 3, lookedUp: { revision: 3, time: 60 } })).toBe('again');
    expect(missingDue(61, { seen: 3, lookedUp: { revision: 3, time: 60 } })).toBe('exhausted');
    expect(missingDue(70, { seen: 3, lookedUp: { revision: 3, time: 60 } })).toBe('exhausted');
  });
});
