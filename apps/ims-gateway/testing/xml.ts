/** Files of the format, in few words. */
export interface Role {
  course: string;
  person: string;
  role?: string;
  status?: 0 | 1;
  recstatus?: number;
  cohort?: string;
  frame?: string;
}

const recstatusOf = (recstatus: number | undefined): string => (recstatus ? ` recstatus="${recstatus}"` : '');
const sourcedid = (id: string): string => `<sourcedid><source>S</source><id>${id}</id></sourcedid>`;

export const group = (id: string, short = id, recstatus?: number): string =>
  `<group${recstatusOf(recstatus)}>${sourcedid(id)}<description><short>${short}</short></description></group>`;

export const person = (id: string, family: string, more = '', recstatus?: number): string =>
  `<person${recstatusOf(recstatus)}>${sourcedid(id)}<userid>${id}</userid>` +
  `<name><fn>${family}</fn><n><family>${family}</family><given>G</given></n></name>${more}</person>`;

export const member = ({ course, person, role = '01', status = 1, recstatus, cohort, frame = '' }: Role): string =>
  `<membership>${sourcedid(course)}<member>${sourcedid(person)}<role roletype="${role}"${recstatusOf(recstatus)}>` +
  `<status>${status}</status>${frame}${cohort ? `<extension><cohort>${cohort}</cohort></extension>` : ''}` +
  `</role></member></membership>`;

export const enterprise = (...records: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<enterprise>\n${records.join('\n')}\n</enterprise>\n`;
