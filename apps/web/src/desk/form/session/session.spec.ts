import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../../api/problem.js';
import { nameOfLine, type Line } from '../sheet/lines.js';
import { enterCourse } from '../sheet/sheet.js';
import { lineWith } from '../sheet/testing.js';
import type { Content, KeepingPort } from './keeper.js';
import { DocumentSession } from './session.js';

/** A server that keeps one document as the component does: a version that was not seen is not written over. */
class Server implements KeepingPort {
  kept: Content | undefined;
  version = 0;
  away = false;
  by = '';

  async create(content: Content) {
    return this.write(content);
  }

  async save(_: string, version: number, content: Content) {
    if (version !== this.version)
      throw new Problem(409, { type: 'urn:itk:problem:version', details: { writtenBy: this.by, writtenAt: 'noon' } });
    return this.write(content);
  }

  private async write(content: Content) {
    await Promise.resolve();
    if (this.away) throw new Problem(0, {});
    this.kept = content;
    return { id: 'd', number: '1', date: '2026-11-27T10:00:00', version: ++this.version };
  }

  get courses() {
    return this.kept!.lines.map(({ discipline, course }) => [discipline.code, course]);
  }
}

const discipline = (code: string): Line => lineWith({ discipline: { kind: 'Discipline', code, name: code } });
const lines = ['а', 'б', 'в'].map(discipline);
const head = { id: 'd', number: '1', date: '2026-11-27T10:00:00', version: 1 };
const header = { system: '1', comment: '', date: null, display: 'all' as const };
const begun = (server: Server): DocumentSession => {
  const session = new DocumentSession(server, { rest: 1, again: 2 });
  session.display({ system: '1', display: 'all' }, lines);
  return session;
};
const enter = (session: DocumentSession, place: number, course: number) =>
  session.sheet.change((sheet) => enterCourse(sheet, place, course));

describe('a draft', () => {
  test('that is dropped is not written again, though a save is under way and more was entered', async () => {
    const server = new Server();
    const session = begun(server);
    enter(session, 0, 7);
    const saving = session.keeper.flush();
    enter(session, 1, 8);
    expect((await session.keeper.end())?.version).toBe(1);
    await saving;
    await session.keeper.flush();
    expect([server.version, server.courses]).toEqual([1, [['а', 7]]]);
    session.keeper.resume();
    await session.keeper.flush();
    expect(server.version).toBe(2);
  });

  test('is made at the first edit and not by looking, and holds what was entered', async () => {
    const server = new Server();
    const looking = new DocumentSession(server, { rest: 1, again: 2 });
    looking.sheet.display({ only: 'empty' });
    await looking.keeper.flush();
    const session = begun(server);
    await session.keeper.flush();
    expect(server.version).toBe(0);
    enter(session, 1, 7);
    session.enter({ comment: 'осень' });
    await session.keeper.flush();
    expect(server).toMatchObject({ version: 1, kept: { system: '1', comment: 'осень' }, courses: [['б', 7]] });
    expect(session.keeper.state().kind).toBe('kept');
  });

  test('is saved by itself, and what is entered while it is being saved follows', async () => {
    const server = new Server();
    const session = begun(server);
    enter(session, 0, 1);
    const kept = new Promise<void>((done) =>
      session.keeper.subscribe(() => {
        if (session.keeper.state().kind === 'saving' && server.version === 0) enter(session, 1, 2);
        if (session.keeper.state().kind === 'kept') done();
      }),
    );
    await kept;
    expect(server.courses).toEqual([['а', 1], ['б', 2]]); // prettier-ignore
  });

  test('waits in the window while the server is away, and is saved when it is back', async () => {
    const server = new Server();
    const session = begun(server);
    server.away = true;
    enter(session, 0, 1);
    await expect(session.keeper.flush()).rejects.toThrow();
    expect(session.keeper.state().kind).toBe('failed');
    const kept = new Promise<void>((done) =>
      session.keeper.subscribe(() => session.keeper.state().kind === 'kept' && done()),
    );
    server.away = false;
    await kept;
    expect(server.courses).toEqual([['а', 1]]);
  });
});

describe('two people at one document', () => {
  async function two() {
    const server = new Server();
    const mine = begun(server);
    enter(mine, 0, 1);
    await mine.keeper.flush();
    const theirs = new DocumentSession(server, { rest: 1, again: 2 });
    theirs.open(head, header, lines, server.kept!.lines);
    server.by = 'petrov';
    return { server, mine, theirs };
  }

  test('whoever saves second is told who and when, and nothing is written over', async () => {
    const { server, mine, theirs } = await two();
    enter(theirs, 1, 2);
    await theirs.keeper.flush();
    enter(mine, 2, 3);
    await expect(mine.keeper.flush()).rejects.toThrow();
    expect(mine.keeper.state()).toEqual({ kind: 'stale', by: 'petrov', time: 'noon' });
    expect(server.courses).toEqual([['а', 1], ['б', 2]]); // prettier-ignore
    enter(mine, 2, 4);
    expect(mine.keeper.state().kind).toBe('stale');
  });

  test('both works stand together afterwards, and what both entered is named', async () => {
    const { server, mine, theirs } = await two();
    enter(theirs, 0, 9);
    enter(theirs, 1, 2);
    await theirs.keeper.flush();
    enter(mine, 0, 5);
    enter(mine, 2, 3);
    await mine.keeper.flush().catch(() => undefined);
    const clashes = mine.putOnTop({ ...head, version: server.version }, header, server.kept!.lines);
    expect(clashes.map(({ line, mine: own, theirs: other }) => [nameOfLine(line), own, other])).toEqual([
      [nameOfLine(lines[0]!), 5, 9],
    ]);
    await mine.keeper.flush();
    expect(server.courses).toEqual([['а', 5], ['б', 2], ['в', 3]]); // prettier-ignore
  });

  test('what the other took back is taken back here too', async () => {
    const { server, mine, theirs } = await two();
    enter(theirs, 0, 0);
    enter(theirs, 1, 2);
    await theirs.keeper.flush();
    enter(mine, 2, 3);
    await mine.keeper.flush().catch(() => undefined);
    mine.putOnTop({ ...head, version: server.version }, header, server.kept!.lines);
    await mine.keeper.flush();
    expect(server.courses).toEqual([['б', 2], ['в', 3]]); // prettier-ignore
  });
});
