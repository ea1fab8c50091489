import { isRecord } from '../letter/owner.js';

/** What identifies a person beyond the code; the code itself is no name. */
const named = ['lastname', 'firstname', 'middlename', 'individual', 'userid', 'email', 'city', 'picture'];

/** An event without its person's names, and which were taken out. What is no event of ours is not shown at all. */
export function withoutNames(event: unknown): { event: unknown; hidden: string[] } {
  if (!isRecord(event) || !isRecord(event.data)) return { event: null, hidden: ['(all)'] };
  if (!isRecord(event.data.person)) {
    const known = typeof event.type === 'string' && event.type.startsWith('itk.') && event.data.person === undefined;
    return known ? { event, hidden: [] } : { event: null, hidden: ['(all)'] };
  }
  const { code, kind } = event.data.person;
  const hidden = Object.keys(event.data.person).filter((key) => key !== 'code' && key !== 'kind');
  return {
    event: { ...event, data: { ...event.data, person: { code, kind } } },
    hidden: hidden.map((key) => `data.person.${named.includes(key) ? key : '…'}`),
  };
}
