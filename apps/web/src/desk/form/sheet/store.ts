import { filtered, standsApart, type Filter } from './filter.js';
import type { Line } from './lines.js';
import { placesWith, sheetWith, type Sheet } from './sheet.js';

/** What the foot of the form says. */
export interface Counts {
  changed: number;
  marked: number;
  /** Marked, but not displayed: an edit reaches them all the same. */
  markedHidden: number;
  /** Of so many the displayed ones are chosen. */
  total: number;
}

/**
 * The sheet outside React: each drawn row listens to its own line, so that an edit of 5,000 lines draws the thirty that
 * are seen. What is displayed is found anew when the filter changes, not when a line does: nothing jumps under the hand.
 */
export class SheetStore {
  private readonly listeners = new Set<() => void>();
  private present: Sheet = sheetWith([]);
  private places: readonly number[] = [];
  private counted: Counts | undefined;
  private wanted: Filter = {};
  private hinted: ReadonlySet<number> = new Set();
  private begun: readonly Line[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly sheet = (): Sheet => this.present;
  /** Places of the lines displayed, in their order. */
  readonly displayed = (): readonly number[] => this.places;
  readonly filter = (): Filter => this.wanted;
  readonly line = (place: number): Line | undefined => this.present.lines[place];

  /** The lines with which the table was filled last, each at its place: an edit makes no others of them. */
  readonly filled = (): readonly Line[] => this.begun;

  readonly counts = (): Counts => (this.counted ??= countsIn(this.present.lines, this.places, this.wanted));

  /** Another table altogether. */
  fill(lines: readonly Line[]): void {
    this.present = sheetWith(lines);
    this.begun = lines;
    this.displayAnew();
  }

  change(deed: (sheet: Sheet) => Sheet): void {
    const next = deed(this.present);
    if (next === this.present) return;
    this.present = next;
    this.tell();
  }

  display(filter: Filter, suggested: ReadonlySet<number> = this.hinted): void {
    this.wanted = filter;
    this.hinted = suggested;
    this.displayAnew();
  }

  private displayAnew(): void {
    this.places = filtered(this.present.lines, this.wanted, this.hinted);
    this.tell();
  }

  private tell(): void {
    this.counted = undefined;
    for (const listener of this.listeners) listener();
  }
}

function countsIn(lines: readonly Line[], displayed: readonly number[], { only }: Filter): Counts {
  const marked = placesWith(lines, ({ several }) => several);
  return {
    changed: placesWith(lines, ({ change }) => change).length,
    marked: marked.length,
    markedHidden: marked.length === 0 ? 0 : marked.length - displayed.filter((place) => lines[place]!.several).length,
    total: placesWith(lines, (line) => (only === 'gone' ? line.state === 'gone' : !standsApart(line))).length,
  };
}
