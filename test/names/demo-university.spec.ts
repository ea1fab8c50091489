import { accountContent } from '../../apps/user-provisioner/rules/account-content.js';
import { accountSettings } from '../../apps/user-provisioner/rules/settings.js';
import { student } from '../../apps/user-provisioner/testing/students.js';
import { baseOf } from '../../apps/user-provisioner/account/account-steps.js';
import { faultIn } from '../../libs/moodle/accounts/validate.js';
import { expectedIn } from '../../sandbox/onec/university/expected.js';
import { generateUniversity } from '../../sandbox/onec/university/generate.js';

/** As `npm start` makes it. */
const university = generateUniversity({
  ...{ students: 200, seed: 1, systems: ['lms'], courses: 40, faulty: 0.02 },
  today: new Date('2026-10-01T00:00:00Z'),
});
const expected = [...expectedIn(university, 'lms', '2026-10-01T00:00:00')].flatMap(([code, one]) =>
  one.kind === 'student' ? [{ code, ...one }] : [],
);
const template = '{lastname}.{firstname:1}.{middlename:1}';

it.each([
  ['the username', { username: template }],
  ['the address', { email: `${template}@students.invalid` }],
])(
  'every well student of the demo university has an account, with %s from names and some without a patronymic',
  (_, some) => {
    const settings = accountSettings({
      id: 'lms',
      accounts: {
        ...{
          per: 'student',
          auth: 'manual',
          username: '{code}',
          email: '{username}@students.invalid',
          missingNames: {},
        },
        ...{ fields: {}, password: 'random', adopt: 'none', ...some },
      },
    });
    expect(expected.length).toBeGreaterThan(150);
    expect(expected.filter(({ middlename }) => middlename === '').length).toBeGreaterThan(2);
    const faults = expected.flatMap(({ code, lastname, firstname, middlename }) => {
      const source = student(code, 1, { person: { lastname, firstname, middlename } });
      const username = baseOf(source, settings);
      const made = accountContent(settings, code, source, username);
      if ('failure' in made) return [made.failure];
      const { shown, email, idnumber } = made.content;
      return faultIn({ username, ...shown, email, idnumber, auth: 'manual' }) ?? [];
    });
    expect(faults).toEqual([]);
  },
);
