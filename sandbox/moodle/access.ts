import { accessException, invalidParameter, invalidToken, missingRecord, moodleError } from './protocol/errors.js';
import { knownElsewhere, offered } from './functions/offered.js';
import type { Site, WebServiceFunction } from './site.js';
import { serviceAccountId } from './store/state.js';

/** Token and account, in Moodle's order. An expired token is deleted by the call that finds it so. */
export function authenticate(site: Site, token: string): void {
  const { switches } = site;
  if (switches.expiredTokens.includes(token)) {
    switches.expiredTokens = switches.expiredTokens.filter((one) => one !== token);
    switches.tokens = switches.tokens.filter((one) => one !== token);
    throw accessException('Invalid token - token expired - check validuntil time for the token');
  }
  if (!switches.tokens.includes(token)) throw invalidToken();
  if (switches.tokenBoundElsewhere) throw accessException('Invalid service - IP:… is not supported');
  if (!switches.serviceEnabled) throw accessException('Web service is not available');
  if (switches.maintenance === 'pages') throw maintenance();
  const account = site.state.users.get(serviceAccountId)!;
  if (switches.serviceAccountSuspended || account.suspended) {
    throw moodleError(
      'wsaccessusersuspended',
      `Refused web service access for suspended username: ${account.username}`,
    );
  }
  if (!site.can('webservice/rest:use')) throw accessException('You are not allowed to use the rest protocol');
}

export function functionOf(site: Site, name: string): WebServiceFunction {
  if (name === '') throw invalidParameter('Missing function name');
  const found = offered.get(name);
  if (!found && !knownElsewhere.has(name)) throw missingRecord('external_functions');
  if (!found || site.switches.functionsMissing.includes(name)) {
    throw accessException(`Access to the function ${name}() is not allowed.`);
  }
  return found;
}

export const maintenance = () =>
  moodleError('sitemaintenance', 'The site is undergoing maintenance and is currently not available');

export const upgradeRunning = () => moodleError('upgraderunning', 'Site is being upgraded, please retry later.');
