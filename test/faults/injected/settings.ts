import type { Switches } from '../../../sandbox/moodle/switches/switches.js';
import type { Random } from '../../../sandbox/onec/university/random.js';
import type { RunningUniversity } from '../../harness/running-university.js';

const spoilt = {
  capability: { capabilitiesMissing: ['enrol/manual:enrol'] },
  role: { assignableRoles: [] },
  token: { tokens: ['of-next-year'] },
} satisfies Record<string, Partial<Switches>>;
const settings = Object.keys(spoilt) as (keyof typeof spoilt)[];

/** Takes a right, a role or the token from the toolkit's account, by chance. */
export function takeAway(switches: Switches, random: Random): { what: string; giveBack(): void } {
  const what = random.pick(settings);
  const { capabilitiesMissing, assignableRoles, tokens } = switches;
  Object.assign(switches, spoilt[what]);
  return { what, giveBack: () => void Object.assign(switches, { capabilitiesMissing, assignableRoles, tokens }) };
}

/** Kinds of the pauses that stand in a system. */
export async function pausesIn({ database }: RunningUniversity, system?: string): Promise<string[]> {
  const { rows } = await database.query<{ kind: string }>(
    'select kind from operations.pause where $1::text is null or system = $1',
    [system ?? null],
  );
  return rows.map(({ kind }) => kind);
}
