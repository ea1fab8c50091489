import { cleanUsername, stripTags } from '../../protocol/cleaning.js';
import type { CallOptions, Site } from '../../site.js';
import type { User } from '../../store/users.js';

export interface UserDetails {
  id: number;
  fullname: string;
  username?: string;
  email?: string;
  idnumber?: string;
  [field: string]: unknown;
}

/** What this account may see of a user; empty values are left out where Moodle does so. */
export function userDetails(site: Site, user: User, call: CallOptions): UserDetails {
  const all = site.can('moodle/user:viewalldetails');
  const identity = site.switches.showUserIdentity;
  const shows = (field: string) => site.can('moodle/site:viewuseridentity') && identity.includes(field);
  const details: UserDetails = { id: user.id, fullname: `${user.firstname} ${user.lastname}` };
  if (all) details.username = user.username;
  if (site.switches.version !== '4.1' || site.can('moodle/site:viewfullnames')) {
    details['firstname'] = user.firstname;
    details['lastname'] = user.lastname;
  }
  if (user.maildisplay === 1 || shows('email')) details.email = user.email;
  if (user.phone1 && shows('phone1')) details['phone1'] = user.phone1;
  if (user.phone2 && shows('phone2')) details['phone2'] = user.phone2;
  if (user.address && shows('address')) details['address'] = user.address;
  if (all || shows('idnumber')) if (user.idnumber) details.idnumber = user.idnumber;
  if (all || shows('institution')) if (user.institution) details['institution'] = user.institution;
  if (all || shows('department')) details['department'] = user.department;
  if (user.description !== undefined) {
    details['description'] = user.description;
    details['descriptionformat'] = 1;
  }
  if (user.country && user.country !== '0') details['country'] = user.country;
  if (user.city) details['city'] = user.city;
  if (user.interests) details['interests'] = user.interests;
  details['timezone'] = user.timezone;
  details['suspended'] = user.suspended;
  details['firstaccess'] = 0;
  details['lastaccess'] = 0;
  const picture = `${call.calledBy}/theme/image.php/boost/core/1/u/f`;
  details['profileimageurlsmall'] = `${picture}2`;
  details['profileimageurl'] = `${picture}1`;
  if (all) {
    details['auth'] = user.auth;
    details['confirmed'] = user.confirmed;
    details['lang'] = site.switches.languages.includes(user.lang) ? user.lang : '';
    details['theme'] = user.theme;
    details['mailformat'] = user.mailformat;
    details['trackforums'] = 0;
  }
  const custom = Object.entries(user.customfields).filter(([, value]) => value !== '');
  if (custom.length > 0) {
    details['customfields'] = custom.map(([shortname, value]) => ({
      type: 'text',
      value,
      displayvalue: value,
      name: shortname,
      shortname,
    }));
  }
  return details;
}

/** Values that fail the answer's own description, and the whole answer with them. */
export const isPoison = (site: Site, user: User): boolean =>
  nameIsPoison(user) ||
  cleanUsername(user.username, site.switches.extendedUsernames) !== user.username ||
  !site.switches.authPlugins.includes(user.auth);

export const nameIsPoison = (user: User): boolean =>
  stripTags(user.firstname) !== user.firstname || stripTags(user.lastname) !== user.lastname;
