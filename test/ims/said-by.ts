import { XmlDocument, type XmlElement } from 'libxml2-wasm';

/** A person and where they are to be. */
export interface Said {
  username: string;
  /** First name, last name. */
  name: string[];
  roles: { course: string; name: string | undefined; group: string }[];
}

/** What a file says, read by another library and by other rules than ours: in the words of Moodle. */
export function saidBy(file: string): Record<string, Said> {
  const document = XmlDocument.fromString(file);
  const text = (from: XmlElement, path: string): string => from.get(path)?.content.trim() ?? '';
  const all = (from: XmlElement, path: string): XmlElement[] => from.find(path) as XmlElement[];
  try {
    const { root } = document;
    const courses = new Map(
      all(root, 'group').map((group) => [text(group, 'sourcedid/id'), text(group, 'description/short')]),
    );
    return Object.fromEntries(
      all(root, 'person').map((person) => {
        const code = text(person, 'sourcedid/id');
        const roles = all(root, 'membership').flatMap((membership) =>
          all(membership, 'member')
            .filter((member) => text(member, 'sourcedid/id') === code && text(member, 'role/status') === '1')
            .map((member) => {
              const course = text(membership, 'sourcedid/id');
              return { course, name: courses.get(course), group: text(member, 'role/extension/cohort') };
            }),
        );
        const name = [text(person, 'name/n/given'), text(person, 'name/n/family')];
        return [code, { username: text(person, 'userid'), name, roles }];
      }),
    );
  } finally {
    document.dispose();
  }
}
