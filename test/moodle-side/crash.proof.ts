import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { deliveryLimit } from '#messaging';
import { until } from '../harness/until.js';
import { Setup } from './setup.js';
import { smallUniversity } from './small-university.js';
import type { Heard } from './what-1c-heard.js';

const made = smallUniversity([{ students: 15, courses: [2, 3] }], ['LMS1']);
const [everyone] = made.codes as [string[]];
let setup: Setup<'lms'>;

beforeAll(async () => {
  setup = await Setup.open(['lms'], { university: made.university, courses: 3 });
}, 60_000);
afterAll(async () => setup?.close(), 60_000);

it('a student whose message kills its process again and again is dead alone: crash', async () => {
  const { moodle, id } = setup.system('lms');
  const provisioner = setup.university.services['user-provisioner'];
  const victim = everyone[7]!;
  // While Moodle says nothing to the creation of this account, the process holds its message, and is killed.
  moodle.switches.faults = [{ kind: 'silent', functions: ['core_user_create_users'], holding: victim }];
  await setup.university.start();
  const letters = () => setup.view.lettersOf(id);
  const silences = () => moodle.state.counters.faults['silent'] ?? 0;
  let deaths = 0;
  for (let heldBefore = 0; letters().length === 0 && deaths <= deliveryLimit + 1; heldBefore = silences(), deaths++) {
    await until('the process holds a message', () => silences() > heldBefore || letters().length > 0, 60_000);
    await provisioner.kill();
    if (letters().length === 0) await provisioner.start();
  }
  expect(letters()).toMatchObject([{ kind: 'crash', code: victim }]);
  expect(deaths).toBeGreaterThan(deliveryLimit);
  moodle.mend();
  if (!provisioner.running) await provisioner.start();
  const heard = await setup.untilHeard('lms', everyone.length - 1, 90_000);
  const others = everyone.filter((code) => code !== victim);
  expect(heard).toEqual(new Map<string, Heard>(others.map((code) => [code, 'synchronized'])));
  expect(letters()).toHaveLength(1);
}, 600_000);
