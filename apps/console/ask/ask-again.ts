import type { DataSource } from 'typeorm';
import { both, eventTypes, SynchronizationError, type Bilingual } from '#contracts';
import { MissingOperationError, type Refused, type SynchronizerCalls } from '#synchronizer';
import { bySystem } from '../failures/by-system.js';
import type { Note } from '../failures/failure.js';
import { conditionOf, type Selection } from '../failures/desk/selection.js';

/** What became of the question to one system's 1C. */
export interface Asked {
  system: string;
  /** 1C offers these again. */
  asked: string[];
  /** 1C does not know these, or refused. */
  refused: Refused[];
  /** This 1C has no Reoffer: what a person deletes there, to the same effect. */
  byHand?: { register: string; els: string; codes: string[] };
  /** 1C could not be asked. */
  failure?: Bilingual;
}

export interface SystemOfOneC {
  system: { id: string; els: string };
  client: { run<T>(work: (calls: Pick<SynchronizerCalls, 'reoffer'>) => Promise<T>): Promise<T> };
}

const atOnce = 200;

/** Why 1C is not asked. */
export const notFedBy1C = (system: string): Bilingual =>
  both(
    `Систему ${system} наполняет не 1С, а файлы IMS (раздел ims)`,
    `IMS files feed the system ${system} (section ims), not 1C`,
  );

/** Has 1C offer students again: for what has to be mended there. Under the infobase's lock, as every call to 1C. */
export class AskAgain {
  constructor(
    private readonly dataSource: DataSource,
    private readonly of: (system: string) => SystemOfOneC | undefined,
  ) {}

  /** Students of open failures. Those that came from IMS files are not 1C's. */
  async failures(selection: Selection, by: string): Promise<Asked[]> {
    const parameters: unknown[] = [];
    const rows = (await this.dataSource.query(
      `select distinct f.system, f.code from console.failures f
       where f.code is not null and f.origin is distinct from 'ims'
         and ${conditionOf({ states: ['open', 'superseded'], ...selection }, parameters)} order by f.system, f.code`,
      parameters,
    )) as { system: string; code: string }[];
    const answers: Asked[] = [];
    for (const [system, ofSystem] of bySystem(rows)) {
      const answer = await this.students(
        system,
        ofSystem.map(({ code }) => code),
      );
      await this.note(system, answer.asked, selection, by);
      answers.push(answer);
    }
    return answers;
  }

  /** Students by their codes. */
  async students(id: string, codes: readonly string[]): Promise<Asked> {
    const answer: Asked = { system: id, asked: [], refused: [] };
    const onec = this.of(id);
    if (!onec) return { ...answer, failure: notFedBy1C(id) };
    const { system, client } = onec;
    let rest = [...new Set(codes)];
    try {
      while (rest.length > 0) {
        const piece = rest.slice(0, atOnce);
        const refused = await client.run((calls) => calls.reoffer(piece, system.els));
        const unknown = new Set(refused.map(({ pair }) => pair));
        answer.asked.push(...piece.filter((code) => !unknown.has(code)));
        answer.refused.push(...refused);
        rest = rest.slice(piece.length);
      }
    } catch (error) {
      if (error instanceof MissingOperationError)
        return { ...answer, byHand: { register: 'Synchronization', els: system.els, codes: rest } };
      if (!(error instanceof SynchronizationError)) throw error;
      answer.failure = error.failure.reason;
    }
    return answer;
  }

  /** Students of an academic group, as far as the toolkit has seen them. */
  async group(system: string, name: string): Promise<Asked> {
    const rows = (await this.dataSource.query(
      'select subject from console.known where system = $1 and study_group = $2 order by subject',
      [system, name],
    )) as { subject: string }[];
    return this.students(
      system,
      rows.map(({ subject }) => subject),
    );
  }

  /** Students who study by a curriculum, as far as the toolkit has seen them. */
  async curriculum(system: string, code: string): Promise<Asked> {
    const rows = (await this.dataSource.query(
      `select distinct subject from console.journal
       where system = $1 and type = '${eventTypes.StudentChanged}' and data->'study'->>'curriculum' = $2 order by subject`,
      [system, code],
    )) as { subject: string }[];
    return this.students(
      system,
      rows.map(({ subject }) => subject),
    );
  }

  private async note(system: string, codes: string[], selection: Selection, by: string): Promise<void> {
    if (codes.length === 0) return;
    const note: Note = { at: new Date().toISOString(), by, text: 'asked 1C again' };
    const parameters: unknown[] = [JSON.stringify([note]), codes, system];
    await this.dataSource.query(
      `update console.failures f set asked_at = now(), notes = f.notes || $1::jsonb
       where f.code = any($2::text[]) and f.system = $3
         and ${conditionOf({ states: ['open', 'superseded'], ...selection }, parameters)}`,
      parameters,
    );
  }
}
