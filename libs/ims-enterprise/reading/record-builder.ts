import type { EnterpriseRecord, Sourcedid } from '../model.js';
import { child, codeIn, type Element } from './element.js';
import { fault, RecordFault } from './faults.js';
import { sourcedidOf } from './elements/fields.js';
import { groupOf, propertiesOf } from './elements/group.js';
import { limits } from './limits.js';
import { membershipOf, rolesOf } from './elements/membership.js';
import { personOf } from './elements/person.js';

const records = { properties: propertiesOf, group: groupOf, person: personOf };
const isRecord = (name: string): name is keyof typeof records => Object.hasOwn(records, name);

/**
 * Keeps the elements of the one record in hand, and makes the record when it closes. A membership may hold a whole
 * university, so each of its members is a record.
 */
export class RecordBuilder {
  #made: EnterpriseRecord[] = [];
  #record: Element | undefined;
  #elements = 0;
  #characters = 0;
  /** Of the membership that is open; undefined: not read, or damaged. */
  #group: Sourcedid | undefined;
  #members = 0;

  take(): EnterpriseRecord[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }

  open(element: Element, above: readonly Element[]): void {
    if (this.#record) {
      if (++this.#elements <= limits.elementsOfRecord) above.at(-1)!.children.push(element);
      return;
    }
    const inMembership = above.length === 2 && above[1]!.name === 'membership';
    if ((above.length === 1 && element.name !== 'membership') || inMembership) {
      this.#record = element;
      this.#elements = 1;
      this.#characters = 0;
    } else if (above.length === 1) {
      this.#group = undefined;
      this.#members = 0;
    }
  }

  text(piece: string, element: Element | undefined): void {
    if (!this.#record) return;
    this.#characters += piece.length;
    if (this.#characters <= limits.charactersOfRecord) element!.text += piece;
  }

  close(element: Element, above: readonly Element[]): void {
    if (element === this.#record) {
      this.#record = undefined;
      const big = this.#elements > limits.elementsOfRecord || this.#characters > limits.charactersOfRecord;
      this.#take(element, element, () => {
        if (big) throw fault('too-large', 'запись слишком велика', 'the record is too large');
        if (above.length === 2) this.#partOf(above[1]!, element);
        else this.#topLevel(element);
      });
    } else if (element.name === 'membership' && above.length === 1 && this.#members === 0)
      this.#take(element, element, () => {
        throw fault('no-member', 'в membership нет ни одного member', 'a membership without a member');
      });
  }

  #topLevel(element: Element): void {
    if (isRecord(element.name)) this.#made.push(records[element.name](element));
    else if (element.name !== 'comments')
      throw fault('unknown-element', 'такого элемента в формате нет', 'the format has no such element');
  }

  #partOf(membership: Element, element: Element): void {
    if (element.name === 'sourcedid') {
      const wrapped = { ...membership, children: [element] };
      this.#group ??= sourcedidOf(wrapped);
    } else if (element.name === 'member') {
      this.#members++;
      const group = this.#group;
      if (!group) throw fault('no-group', 'перед member нет кода группы', 'no code of the group before the member');
      for (const role of rolesOf(element))
        this.#take(role, element, () => this.#made.push(membershipOf(membership, group, element, role)));
    }
  }

  /** What cannot be made becomes a problem that says where and whose. */
  #take(element: Element, whose: Element, make: () => void): void {
    try {
      make();
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      const id = idOf(whose);
      this.#made.push({
        kind: 'problem',
        line: element.line,
        element: element.name || 'foreign',
        ...(id !== undefined && { id }),
        cause: error.code,
        reason: error.reason,
      });
    }
  }
}

/** The code of the damaged record, if it can be told. */
function idOf(record: Element): string | undefined {
  try {
    const sourcedid = child(record, 'sourcedid');
    return codeIn(sourcedid && child(sourcedid, 'id'));
  } catch {
    return undefined;
  }
}
