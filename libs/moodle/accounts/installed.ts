import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { authMissing, languageMissing } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';
import { warningsSchema } from './warnings.js';

/** An account that no site has: the call is checked in full and writes nothing. */
const nobody = 999_999_999;

/** Are this auth plugin and this language pack installed? Throws MoodleMisconfigured naming the one that is not. */
export async function probeInstalled(caller: Caller, { auth, lang }: { auth: string; lang?: string }): Promise<void> {
  const accepts = async (setting: { auth?: string; lang?: string }): Promise<boolean> => {
    try {
      await caller.call('core_user_update_users', { users: [{ id: nobody, ...setting }] }, warningsSchema);
      return true;
    } catch (error) {
      if (error instanceof MoodleRefusal) return false;
      throw error;
    }
  };
  if (await accepts({ auth, ...(lang && { lang }) })) return;
  if (!(await accepts({ auth }))) throw new MoodleMisconfigured(authMissing(auth));
  if (lang) throw new MoodleMisconfigured(languageMissing(lang));
}
