import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { madeAndChanged, writeEnterprise, type WrittenMembership } from '#ims-enterprise';
import type { IdnumberOf } from '../courses/courses-file.js';
import { membershipsOf, personOf, type RoleToWrite } from './records.js';
import { withState, type State } from './state-reader.js';

export interface Written {
  /** Of the state: what has changed since is not in it. */
  changed: number;
  persons: number;
  memberships: number;
  /** Numbers of courses that the table of courses does not have: nobody of them is in the file. */
  unmapped: number[];
}

export interface FileRules {
  system: string;
  zone: string;
  target?: string;
  idnumberOf: IdnumberOf;
}

/** Characters. */
const piece = 1_000_000;

/** Writes the whole state at this path, to the disk itself. What stood there is gone. */
export const writeState = (dataSource: DataSource, rules: FileRules, path: string): Promise<Written> =>
  withState(dataSource, rules.system, async (state) => {
    const count = { persons: 0, memberships: 0, unmapped: new Set<number>() };
    await toDisk(
      path,
      writeEnterprise({
        properties: { datasource: '1C', targets: rules.target === undefined ? [] : [rules.target] },
        groups: [],
        persons: personsOf(state, count),
        memberships: allMemberships(state, rules, count),
      }),
    );
    return { changed: state.changed, ...count, unmapped: [...count.unmapped] };
  });

async function* personsOf(state: State, count: { persons: number }) {
  for await (const account of state.persons()) {
    count.persons++;
    yield* madeAndChanged(personOf(account));
  }
}

async function* allMemberships(
  state: State,
  { zone, idnumberOf }: FileRules,
  count: { memberships: number; unmapped: Set<number> },
): AsyncGenerator<WrittenMembership> {
  let open: RoleToWrite[] = [];
  const closed = (): WrittenMembership[] => {
    const written = membershipsOf(open, zone);
    count.memberships += written.length;
    open = [];
    return written;
  };
  for await (const { courseId, ...role } of state.roles()) {
    const course = idnumberOf(courseId);
    if (course === undefined) {
      count.unmapped.add(courseId);
      continue;
    }
    const [first] = open;
    if (first && (first.course !== course || first.idnumber !== role.idnumber)) yield* closed();
    open.push({ course, ...role });
  }
  yield* closed();
}

/** Through to the disk itself. */
const toDisk = (path: string, lines: AsyncIterable<string>): Promise<void> =>
  pipeline(piecesOf(lines), createWriteStream(path, { mode: 0o640, flush: true }));

async function* piecesOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < piece) continue;
    yield text;
    text = '';
  }
  yield text;
}
