import type { RefusalKind } from '../refusal.js';
import { naive } from './register-model.js';

export interface ModelLine {
  key: string;
  course: number;
  change: boolean;
  shown: { course: number; period: string } | null;
}

export interface ModelDocument {
  lines: ModelLine[];
  date: string;
  byHand: boolean;
  posted: boolean;
  everPosted: boolean;
  marked: boolean;
  version: number;
}

export type Outcome = 'done' | RefusalKind;

/** Documents and their register as the paper tells them: records are what the posted documents say, and no more. */
export class BindingModel {
  readonly documents: ModelDocument[] = [];
  now = '';

  set time(milliseconds: number) {
    this.now = naive(milliseconds);
  }

  private records(): { key: string; period: string; course: number }[] {
    return this.documents.flatMap(({ posted, date, lines }) =>
      posted ? lines.filter(({ change }) => change).map(({ key, course }) => ({ key, period: date, course })) : [],
    );
  }

  slice(): Map<string, { period: string; course: number }> {
    const newest = new Map<string, { period: string; course: number }>();
    for (const { key, period, course } of this.records())
      if ((newest.get(key)?.period ?? '') < period) newest.set(key, { period, course });
    return newest;
  }

  create(lines: { key: string; course: number; change: boolean }[], date: string | null): ModelDocument {
    const slice = this.slice();
    const document = {
      lines: lines.map((line) => ({ ...line, shown: slice.get(line.key) ?? null })),
      ...{ date: date ?? this.now, byHand: date !== null },
      ...{ posted: false, everPosted: false, marked: false, version: 1 },
    };
    this.documents.push(document);
    return document;
  }

  /** `date`: set by hand; null: the moment of posting. */
  edit(
    document: ModelDocument,
    version: number,
    { lines, date }: { lines: ModelDocument['lines']; date: string | null },
  ): Outcome {
    const refused = this.editable(document, version);
    if (refused) return refused;
    Object.assign(document, { lines, date: date ?? document.date, byHand: date !== null, version: version + 1 });
    return 'done';
  }

  moved(document: ModelDocument): number[] {
    const slice = this.slice();
    const date = document.byHand ? document.date : this.now;
    return document.lines.flatMap(({ key, change, shown }, index) => {
      const now = slice.get(key);
      return change && ((now?.period ?? '') > date || now?.period !== shown?.period) ? [index + 1] : [];
    });
  }

  post(document: ModelDocument, version: number, acceptsMoved: boolean): Outcome {
    const refused = this.editable(document, version);
    if (refused) return refused;
    const date = document.byHand ? document.date : this.now;
    const lines = document.lines.filter(({ change }) => change);
    const taken = (line: ModelLine): boolean =>
      this.records().some(({ key, period }) => key === line.key && period === date);
    if (lines.length === 0 || date > this.now || lines.some(taken)) return 'faults';
    if (this.moved(document).length > 0 && !acceptsMoved) return 'ask';
    Object.assign(document, { date, posted: true, everPosted: true, version: version + 1 });
    return 'done';
  }

  cancel(document: ModelDocument, version: number): Outcome {
    if (version !== document.version) return 'version';
    if (!document.posted) return 'state';
    Object.assign(document, { posted: false, version: version + 1 });
    return 'done';
  }

  mark(document: ModelDocument, version: number, marked: boolean): Outcome {
    if (version !== document.version) return 'version';
    Object.assign(document, { posted: document.posted && !marked, marked, version: version + 1 });
    return 'done';
  }

  discard(document: ModelDocument, version: number): Outcome {
    const refused = this.editable(document, version) ?? (document.everPosted ? 'state' : undefined);
    if (refused) return refused;
    this.documents.splice(this.documents.indexOf(document), 1);
    return 'done';
  }

  private editable(document: ModelDocument, version: number): RefusalKind | undefined {
    if (version !== document.version) return 'version';
    return document.posted || document.marked ? 'state' : undefined;
  }
}
