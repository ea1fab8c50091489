import { importAsMoodle, type Imported } from './moodle-importer.js';

/** Settings of the plugin that decide what becomes of a file; as Moodle comes, all of them are off. */
export interface PluginSettings {
  createnewusers: boolean;
  imsupdateusers: boolean;
  imsunenrol: boolean;
  unenrolaction: 'unenrol' | 'suspend' | 'keep';
  imsrestricttarget: string;
}
export const settingsAtFirst: PluginSettings = {
  ...{
    createnewusers: false,
    imsupdateusers: false,
    imsunenrol: false,
    unenrolaction: 'unenrol',
    imsrestricttarget: '',
  },
};

export type SiteUser = Pick<
  Imported['persons'][number],
  'idnumber' | 'username' | 'auth' | 'firstname' | 'lastname' | 'email' | 'city' | 'country'
>;
export interface SiteEnrolment {
  roles: string[];
  begin?: string;
  end?: string;
  suspended: boolean;
  groups: string[];
}

const roles: Record<string, string | undefined> = {
  ...{ '01': 'student', '02': 'editingteacher', '03': 'editingteacher', '04': 'student', '06': 'teacher' },
  '08': 'teacher',
};

/** A Moodle that takes files by `enrol_imsenterprise`: what the plugin does with each element, as its source has it. */
export class MoodleSite {
  readonly users: SiteUser[] = [];
  /** Course's idnumber -> user's idnumber -> what stands. */
  readonly courses = new Map<string, Map<string, SiteEnrolment>>();

  constructor(
    courses: readonly string[],
    private readonly settings: PluginSettings,
  ) {
    for (const course of courses) this.courses.set(course, new Map());
  }

  take(file: string): void {
    const { properties, persons, members, order } = importAsMoodle(file);
    const { imsrestricttarget: wanted } = this.settings;
    if (wanted !== '' && order[0] === 'properties' && !properties[0]!.targets.includes(wanted)) return;
    for (const person of persons) this.person(person);
    for (const member of members) this.member(member);
  }

  private person({ recstatus, ...told }: Imported['persons'][number]): void {
    if ((told.country ?? '').length > 2) throw new Error('value too long for type character varying(2)');
    const known = this.users.find(({ idnumber }) => idnumber === told.idnumber);
    if (recstatus === 2) {
      if (known && this.settings.imsupdateusers) Object.assign(known, JSON.parse(JSON.stringify(told)));
      return;
    }
    if (recstatus === 3 || !this.settings.createnewusers || known || told.username === undefined) return;
    const namesake = this.users.find(({ username }) => username === told.username);
    if (namesake) namesake.idnumber = told.idnumber;
    else this.users.push(told);
  }

  private member({ course, idnumber, roletype, enrol, begin, end, group }: Imported['members'][number]): void {
    const enrolments = this.courses.get(course ?? '');
    const role = roles[roletype ?? ''];
    if (!enrolments || role === undefined || !this.users.some((user) => user.idnumber === idnumber)) return;
    const standing = enrolments.get(idnumber!);
    if (enrol) {
      const { roles: held, suspended, groups } = standing ?? { roles: [], suspended: false, groups: [] };
      enrolments.set(idnumber!, {
        roles: [...new Set([...held, role])].sort(),
        ...(begin !== undefined && { begin }),
        ...(end !== undefined && { end }),
        // Whom a file has suspended it never makes active again.
        suspended,
        groups: [...new Set([...groups, ...(group === undefined ? [] : [group])])],
      });
    } else if (this.settings.imsunenrol && standing) {
      if (this.settings.unenrolaction === 'unenrol') enrolments.delete(idnumber!);
      else if (this.settings.unenrolaction === 'suspend') standing.suspended = true;
    }
  }
}
