import { isEmail } from '../../protocol/cleaning.js';
import { invalidResponse, MoodleError, moodleError } from '../../protocol/errors.js';
import { list, type ParametersOf, structure } from '../../protocol/parameters.js';
import { passwordFaults } from '../../password-policy.js';
import { type Site, webServiceFunction } from '../../site.js';
import { adminId, guestId } from '../../store/state.js';
import {
  changedUserFields,
  countryOf,
  internalAuth,
  knownCustomFields,
  preferencesOf,
  type UserChanges,
} from './fields.js';

const parameters = structure({ users: list(structure(changedUserFields)) });
type ChangedAccount = ParametersOf<typeof parameters>['users'][number];

/** Each account by itself: a refusal becomes a warning and the others stand. */
export const updateUsers = webServiceFunction('core_user_update_users', parameters, (site, { users }) => {
  site.require('moodle/user:update');
  const warnings: { item: 'user'; itemid: number; warningcode: string; message: string }[] = [];
  for (const account of users) {
    try {
      site.state.transactions.run(() => update(site, account));
    } catch (error) {
      if (!(error instanceof MoodleError)) throw error;
      warnings.push({
        item: 'user',
        itemid: account.id,
        warningcode: error.errorcode ?? 'error',
        message: error.message,
      });
    }
  }
  // A warning code may hold letters and digits only; a password's faults are HTML.
  if (warnings.some((warning) => !/^[A-Za-z0-9]*$/.test(warning.warningcode))) {
    throw invalidResponse('warnings => warningcode');
  }
  return { warnings };
});

function update(site: Site, account: ChangedAccount): void {
  const { users, counters } = site.state;
  const user = users.get(account.id);
  if (!user) throw moodleError('invaliduserid', 'Invalid user ID');
  if (user.id === adminId) throw moodleError('usernotupdatedadmin', 'Cannot update admin accounts');
  if (user.deleted) throw moodleError('usernotupdateddeleted', 'User account has been deleted');
  if (user.id === guestId) throw moodleError('usernotupdatedguest', 'Cannot update guest account');
  const { id, email, password, customfields, preferences, country, userpicture, ...fields } = account;
  if (email !== undefined && email !== user.email) {
    if (!isEmail(email)) throw moodleError('useremailinvalid');
    const taken = users.emailHolders(email).some((holder) => holder.id !== id);
    if (taken && !site.switches.sameEmailAllowed) throw moodleError('useremailduplicate', 'Duplicate address');
  }
  if (password !== undefined) {
    const faults = passwordFaults(password, site.switches.passwordPolicy);
    if (faults) throw moodleError(faults);
  }
  const changes: UserChanges = { ...fields };
  if (email !== undefined) changes.email = email;
  if (country !== undefined) changes.country = countryOf(country);
  if (password !== undefined && internalAuth.has(fields.auth ?? user.auth)) changes.password = password;
  if (customfields) {
    changes.customfields = { ...user.customfields, ...knownCustomFields(customfields, site.switches.profileFields) };
  }
  if (preferences) changes.preferences = { ...user.preferences, ...preferencesOf(preferences) };
  site.mustHold(changes);
  if (!users.update(user, changes)) counters.noopUpdates++;
}
