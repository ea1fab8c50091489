import { linesToKeep, nameOfLine, withKept, type Line } from '../sheet/lines.js';
import { merged, type Clash } from '../sheet/merge.js';
import { SheetStore } from '../sheet/store.js';
import { Keeper, type Content, type Header, type KeepingPort, type KeptHead } from './keeper.js';

const empty: Header = { system: null, comment: '', date: null, display: null };

/** One document in one window while it is edited: its head, its table, and their keeping. */
export class DocumentSession {
  readonly sheet = new SheetStore();
  readonly keeper: Keeper;
  private readonly listeners = new Set<() => void>();
  private entered: Header = empty;
  private lines = this.sheet.sheet().lines;

  constructor(port: KeepingPort, pace?: { rest: number; again: number }) {
    this.keeper = new Keeper(port, () => this.content(), pace);
    this.sheet.subscribe(() => {
      const { lines } = this.sheet.sheet();
      if (lines === this.lines) return;
      this.lines = lines;
      this.keeper.touch();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly header = (): Header => this.entered;

  content(): Content {
    return { ...this.entered, lines: linesToKeep(this.sheet.sheet().lines) };
  }

  /** A document that the server keeps, over what the register displays. */
  open(head: KeptHead, header: Header, displayed: readonly Line[], kept: readonly Line[]): void {
    this.entered = header;
    this.fill(withKept(displayed, kept));
    this.keeper.startFrom(head, kept);
    this.tell();
  }

  /** Another table: whatever was entered in the one before is gone. Of a document not kept yet nothing is kept by it. */
  display(header: Pick<Header, 'system' | 'display'>, displayed: readonly Line[]): void {
    const lost = linesToKeep(this.sheet.sheet().lines).length > 0;
    this.entered = { ...this.entered, ...header };
    this.fill(displayed);
    this.tell();
    if (lost || this.keeper.head()) this.keeper.touch();
  }

  /** All bindings in place of those displayed: whatever was entered stands in them. */
  widen(displayed: readonly Line[]): void {
    this.entered = { ...this.entered, display: 'all' };
    this.fill(withKept(displayed, linesToKeep(this.sheet.sheet().lines)));
    this.tell();
    if (this.keeper.head()) this.keeper.touch();
  }

  enter(part: Partial<Pick<Header, 'comment' | 'date'>>): void {
    this.entered = { ...this.entered, ...part };
    this.tell();
    this.keeper.touch();
  }

  /** The ELS is chosen; the table waits for a display. */
  choose(system: string | null): void {
    this.display({ system, display: null }, []);
  }

  /** My edits are put on top of what another has saved. */
  putOnTop(head: KeptHead, theirs: Header, kept: readonly Line[]): Clash[] {
    const { lines } = this.sheet.sheet();
    const result = merged(this.keeper.base(), lines, kept);
    const edited = new Set(linesToKeep(lines).map(nameOfLine));
    // what one of the two has reset is again as the register holds it
    const plain = lines.map((line) =>
      edited.has(nameOfLine(line)) ? { ...line, course: line.shown?.course ?? 0, change: false, several: false } : line,
    );
    this.entered = { ...this.entered, system: theirs.system, display: this.entered.display };
    this.fill(withKept(plain, result.kept));
    this.keeper.startFrom(head, kept);
    this.tell();
    this.keeper.touch();
    return result.clashes;
  }

  /** Is there anything that posting would write, or that closing would leave behind? */
  isChanged(): boolean {
    return this.sheet.counts().changed > 0;
  }

  private fill(lines: readonly Line[]): void {
    this.lines = lines;
    this.sheet.fill(lines);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
