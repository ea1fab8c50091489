import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { reportOf } from './names.js';
import type { ReportedFile, ReportLedger } from './report-ledger.js';

/** While outcomes come in, a report is written no more often; milliseconds. */
const writtenEvery = 30_000;

/** Keeps the report beside each file: what was wrong with its records, and what became of the others. */
export class Reports {
  private readonly written = new Map<number, number>();

  constructor(
    private readonly system: string,
    private readonly folder: string,
    private readonly ledger: ReportLedger,
    private readonly now: () => number,
  ) {}

  /** Answers whether one was written. */
  async step(): Promise<boolean> {
    let wrote = false;
    for (const file of await this.ledger.due(this.system)) {
      const last = this.written.get(file.id);
      if (file.open > 0 && last !== undefined && this.now() - last < writtenEvery) continue;
      await this.write(file);
      await this.ledger.reported(file);
      if (file.open > 0) this.written.set(file.id, this.now());
      else this.written.delete(file.id);
      wrote = true;
    }
    return wrote;
  }

  /** Written beside, then renamed: whoever reads it reads a whole one. */
  private async write(file: ReportedFile): Promise<void> {
    const path = join(this.folder, reportOf(file.filedAs));
    const stream = createWriteStream(`${path}.part`);
    const put = async (text: string): Promise<void> => {
      if (!stream.write(text)) await once(stream, 'drain');
    };
    const { version: _, filedAs: __, ...head } = file;
    const problems = await this.ledger.problems(file.id);
    await put(`${JSON.stringify({ ...head, problems }, null, 1).slice(0, -2)},\n "changes": [`);
    let separator = '\n  ';
    for await (const { cause, reason, ...change } of this.ledger.changes(file.id)) {
      await put(`${separator}${JSON.stringify({ ...change, ...(cause !== null && { cause, reason }) })}`);
      separator = ',\n  ';
    }
    await put('\n ]\n}\n');
    stream.end();
    await finished(stream);
    await rename(`${path}.part`, path);
  }
}
