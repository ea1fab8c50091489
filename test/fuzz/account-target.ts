import { accountContent } from '../../apps/user-provisioner/rules/account-content.js';
import { accountSettings } from '../../apps/user-provisioner/rules/settings.js';
import { student } from '../../apps/user-provisioner/testing/students.js';
import { baseOf } from '../../apps/user-provisioner/account/account-steps.js';
import { tidyText } from '#contracts';
import { faultIn } from '../../libs/moodle/accounts/validate.js';

const settings = accountSettings({
  id: 'lms',
  accounts: {
    ...{ per: 'student', auth: 'manual', username: '{lastname}.{firstname:1}.{middlename:1}', fields: {} },
    ...{
      email: '{lastname}-{firstname:1}_{middlename}@uni.ru',
      missingNames: { firstname: '-', lastname: '{firstname}' },
    },
    ...{ password: 'random', adopt: 'none' },
  },
});

/** Faults that are in the name itself, which no rule of ours may mend. */
const ofTheName = /^(first|last|middle)name-(illegal|too-long)$/;

/** Whatever stands in a name: an account that Moodle takes, or a failure of that student. Answers a wrong success. */
export function wrongAccount(lastname: string, firstname: string, middlename: string): string | undefined {
  const source = student('42', 1, { person: { lastname, firstname, middlename } });
  const username = baseOf(source, settings);
  const made = accountContent(settings, '42', source, username || 'u42');
  if ('failure' in made) return undefined;
  const { shown, hidden, email, idnumber } = made.content;
  if (Object.values(shown).some((text) => text !== tidyText(text))) return 'a text that is not tidy';
  const fault = faultIn({ username: username || 'u42', ...shown, ...hidden.fields, email, idnumber, auth: 'manual' });
  return fault && !ofTheName.test(fault.cause) ? fault.cause : undefined;
}
