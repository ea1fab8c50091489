import type { Access } from '../../permissions/access.js';
import type { Permission } from '../../permissions/matrix.js';
import type { Selection } from '../desk/selection.js';

/** What a client has chosen, within the systems for which it is permitted. */
export function given(
  { all: _, ...chosen }: { [Key in keyof Selection]?: Selection[Key] | undefined } & { all?: true | undefined },
  access: Access,
  permission: Permission,
): Selection {
  const systems = access.systems(permission);
  const named = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as Selection;
  return systems === undefined ? named : { ...named, systems };
}
