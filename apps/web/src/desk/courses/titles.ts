export type LookUp = (ids: number[]) => Promise<ReadonlyMap<number, string>>;

/** Wanted ones are gathered so long. Milliseconds. */
const gathering = 60;
/** Of one question. */
const atOnce = 200;

/** What Moodle calls its courses: asked for what is seen, once. Without Moodle the numbers stand alone. */
export class CourseTitles {
  private known: ReadonlyMap<number, string> = new Map();
  private readonly asked = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private wanted: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly lookUp: LookUp) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  titleFor(course: number): string | undefined {
    return this.known.get(course);
  }

  /** All that are known: another map as soon as there are more. */
  readonly all = (): ReadonlyMap<number, string> => this.known;

  want(course: number): void {
    if (course === 0 || this.asked.has(course)) return;
    this.asked.add(course);
    this.wanted.push(course);
    this.timer ??= setTimeout(() => void this.ask(), gathering);
  }

  /** Found by the way. */
  learn(titles: Iterable<readonly [number, string]>): void {
    this.known = new Map([...this.known, ...titles]);
    for (const course of this.known.keys()) this.asked.add(course);
    for (const listener of this.listeners) listener();
  }

  private async ask(): Promise<void> {
    this.timer = undefined;
    const ids = this.wanted.splice(0, atOnce);
    try {
      this.learn(await this.lookUp(ids));
    } catch {
      // the number alone is enough to work with; another look asks again
      for (const id of ids) this.asked.delete(id);
    }
    if (this.wanted.length > 0) this.timer ??= setTimeout(() => void this.ask(), gathering);
  }
}
