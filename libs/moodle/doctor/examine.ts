import { fromFailure, SynchronizationError, well, type Finding } from '#contracts';
import { wayTo } from '#platform';
import { Caller, type MoodleClientOptions } from '../transport/caller.js';
import { accountsInTheWay } from './accounts.js';
import { capabilities } from './capabilities.js';
import type { Circumstances } from './circumstances.js';
import { aboutTheSite, foreignText, inputVariables } from './site.js';

/**
 * Examines a Moodle and its service account: every finding with its mend. Changes nothing there. Never throws for
 * what Moodle does: an outage in the middle is the last finding but for the way that calls go.
 */
export async function examineMoodle(options: MoodleClientOptions, about: Circumstances): Promise<Finding[]> {
  const caller = new Caller(options);
  const findings: Finding[] = [];
  try {
    const site = await caller.siteInfo();
    findings.push(well('reachable', 'Moodle отвечает, токен действует', 'Moodle answers, the token is good'));
    findings.push(...aboutTheSite(site, options.url, about));
    findings.push(await inputVariables(caller, options.maxInputVars));
    findings.push(...(await capabilities(caller, site, about)));
    findings.push(...(await accountsInTheWay(caller, about)));
    findings.push(foreignText(caller));
  } catch (error) {
    if (!(error instanceof SynchronizationError)) throw error;
    findings.push(fromFailure(findings.length === 0 ? 'reachable' : 'examination', error.failure));
  }
  return [...findings, wayTo(options.url)];
}
