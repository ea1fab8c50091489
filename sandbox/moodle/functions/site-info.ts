import { list, structure, text, withDefault } from '../protocol/parameters.js';
import { webServiceFunction } from '../site.js';
import { serviceAccountId } from '../store/state.js';
import type { MoodleVersion } from '../switches/switches.js';

const releases: Readonly<Record<MoodleVersion, { version: string; release: string }>> = {
  '4.1': { version: '2022112810', release: '4.1.10 (Build: 20240422)' },
  '4.5': { version: '2024100705.01', release: '4.5.5+ (Build: 20250613)' },
  '5.1': { version: '2025100600', release: '5.1+ (Build: 20251017)' },
  '5.2': { version: '2026042000', release: '5.2 (Build: 20260420)' },
};

/** `offered` are the names of this service's functions. */
export const siteInfo = (offered: () => readonly string[]) =>
  webServiceFunction(
    'core_webservice_get_site_info',
    structure({ serviceshortnames: withDefault(list(text('alphanumExt')), []) }),
    (site, _given, call) => {
      const account = site.state.users.get(serviceAccountId)!;
      const { version, release } = releases[site.switches.version];
      return {
        sitename: 'Sandbox',
        username: account.username,
        firstname: account.firstname,
        lastname: account.lastname,
        fullname: `${account.firstname} ${account.lastname}`,
        lang: 'en',
        userid: account.id,
        siteurl: site.switches.wwwroot ?? call.calledBy,
        userpictureurl: `${call.calledBy}/theme/image.php/boost/core/1/u/f1`,
        functions: offered()
          .filter((name) => !site.switches.functionsMissing.includes(name))
          .map((name) => ({ name, version })),
        downloadfiles: 0,
        uploadfiles: 0,
        release,
        version,
        mobilecssurl: '',
        advancedfeatures: [],
        usercanmanageownfiles: false,
        userquota: 0,
        usermaxuploadfilesize: -1,
        userhomepage: 0,
        siteid: 1,
        sitecalendartype: 'gregorian',
        usercalendartype: 'gregorian',
        userissiteadmin: false,
        theme: 'boost',
        limitconcurrentlogins: 0,
        ...(site.switches.version === '5.2' ? { usercanviewconfig: false, usercanchangeconfig: false } : {}),
      };
    },
  );
