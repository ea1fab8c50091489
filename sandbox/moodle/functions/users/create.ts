import { invalidParameter, moodleError } from '../../protocol/errors.js';
import { isEmail, trim } from '../../protocol/cleaning.js';
import { list, type ParametersOf, structure } from '../../protocol/parameters.js';
import { passwordFaults } from '../../password-policy.js';
import { type Site, webServiceFunction } from '../../site.js';
import type { User } from '../../store/users.js';
import { countryOf, internalAuth, knownCustomFields, newUserFields, preferencesOf } from './fields.js';

const parameters = structure({ users: list(structure(newUserFields)) });
type NewAccount = ParametersOf<typeof parameters>['users'][number];

/** All or none: the first refusal takes back what stood before it. */
export const createUsers = webServiceFunction('core_user_create_users', parameters, (site, { users }) => {
  site.require('moodle/user:create');
  let mails = 0;
  const made = site.state.transactions.run(() =>
    users.map((account) => {
      const user = create(site, account);
      // Mails leave inside the transaction before 5.2: a rollback does not call them back.
      if (account.createpassword && site.switches.version !== '5.2') site.state.counters.passwordMails++;
      else if (account.createpassword) mails++;
      return { id: user.id, username: user.username };
    }),
  );
  site.state.counters.passwordMails += mails;
  site.state.counters.usersCreated += made.length;
  return made;
});

function create(site: Site, account: NewAccount): User {
  const { users } = site.state;
  for (const field of ['username', 'firstname', 'lastname'] as const) {
    if (trim(account[field]) === '') throw invalidParameter(`The field ${field} cannot be blank`);
  }
  if (users.withUsername(account.username)) throw invalidParameter(`Username already exists: ${account.username}`);
  const auth = account.auth ?? 'manual';
  if (auth === 'mnet' || auth === 'webservice') throw invalidParameter(`Invalid authentication type: ${auth}`);
  const lang = account.lang ?? 'en';
  if (!site.switches.languages.includes(lang)) throw invalidParameter(`Invalid language code: ${lang}`);
  if (internalAuth.has(auth) && !account.createpassword && !account.password) {
    throw invalidParameter('Invalid password: you must provide a password, or set createpassword.');
  }
  if (!isEmail(account.email)) throw invalidParameter(`Email address is invalid: ${account.email}`);
  if (!site.switches.sameEmailAllowed && users.emailTaken(account.email)) {
    throw invalidParameter(`Email address already exists: ${account.email}`);
  }
  const password = account.createpassword ? undefined : account.password;
  const faults = password === undefined ? undefined : passwordFaults(password, site.switches.passwordPolicy);
  if (faults) throw moodleError(faults);
  const { customfields, preferences, country, createpassword, ...fields } = account;
  site.mustHold(fields);
  return users.insert({
    ...fields,
    auth,
    lang,
    password: internalAuth.has(auth) ? password : undefined,
    country: countryOf(country ?? ''),
    customfields: knownCustomFields(customfields ?? [], site.switches.profileFields),
    preferences: {
      ...preferencesOf(preferences ?? []),
      ...(createpassword ? { auth_forcepasswordchange: '1' } : {}),
    },
  });
}
