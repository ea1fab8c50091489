import { getManyValues, isMany, none } from 'stream-chain/defs.js';
import { Assembler } from 'stream-json/core/assembler.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { kindOf, readRecord } from './plain-values.js';
import {
  isSection,
  ownerIn,
  sections,
  shapesIn,
  toolkitShapesIn,
  type LeftOut,
  type Section,
  type SnapshotElement,
  type Toolkit,
} from './snapshot.js';

/** The snapshot is no JSON, or lacks its form as a whole; the text says where, and holds nobody's data. */
export class SnapshotFormError extends Error {
  override name = 'SnapshotFormError';
}

type State =
  | { within: 'start' | 'keys' | 'toolkit' | 'end' }
  /** Before the value of that key. */
  | { within: 'value'; key: string }
  /** Between elements; `count` have begun. */
  | { within: 'elements' | 'element'; section: Section; count: number }
  /** In a value that nobody asked for. */
  | { within: 'unknown'; depth: number };

/** Reads a snapshot piece by piece; holds one element of a section at a time, and the toolkit whole. */
export class SnapshotReader {
  private readonly parse = jsonParser({ packValues: true, streamValues: false });
  private readonly decoder = new TextDecoder('utf-8');
  private readonly assembler = new Assembler();
  private readonly seen = new Set<string>();
  private state: State = { within: 'start' };
  private toolkit: unknown;
  private readonly shapes: ReturnType<typeof shapesIn>;

  /** `zone`: the infobase's. */
  constructor(private readonly zone: string) {
    this.shapes = shapesIn(zone);
  }

  /** Records that end in this piece, in their order, those that cannot be read among them. Throws {@link SnapshotFormError}. */
  push(piece: Uint8Array): (SnapshotElement | LeftOut)[] {
    return this.read(this.decoder.decode(piece, { stream: true }));
  }

  /** After the last piece. Throws {@link SnapshotFormError} where something is missing. */
  end(): { toolkit: Toolkit | undefined; leftOut: LeftOut[] } {
    this.read(this.decoder.decode());
    this.read(none);
    if (this.state.within !== 'end') throw this.noJson();
    const missing = sections.find((section) => !this.seen.has(section));
    if (missing !== undefined) throw broken(missing, 'a list', undefined);
    const read = toolkitOf(this.toolkit, this.zone);
    this.toolkit = undefined;
    return read;
  }

  private read(text: string | typeof none): (SnapshotElement | LeftOut)[] {
    let answer: unknown;
    try {
      answer = this.parse(text as string);
    } catch {
      throw this.noJson();
    }
    const elements: (SnapshotElement | LeftOut)[] = [];
    if (!isMany(answer)) return elements;
    for (const token of getManyValues(answer) as Token[]) {
      const element = this.take(token);
      if (element) elements.push(element);
    }
    return elements;
  }

  /** Says behind how many records, a piece of the transfer more or less. */
  private noJson(): SnapshotFormError {
    const { state } = this;
    const where = 'section' in state ? `, behind ${state.count} records of ${state.section}` : '';
    return new SnapshotFormError(`the snapshot is no JSON${where}`);
  }

  private take(token: Token): SnapshotElement | LeftOut | undefined {
    const { state } = this;
    switch (state.within) {
      case 'start':
        if (token.name !== 'startObject') throw broken('the whole', 'a record', sampleOf(token));
        this.state = { within: 'keys' };
        return;
      case 'keys':
        this.state = token.name === 'keyValue' ? this.enter(token.value) : { within: 'end' };
        return;
      case 'value':
        return this.begin(state.key, token);
      case 'elements':
        if (token.name === 'endArray') {
          this.state = { within: 'keys' };
          return;
        }
        state.within = 'element';
        state.count++;
        return this.take(token);
      case 'element':
        if (!this.assembler.consume(token).done) return;
        state.within = 'elements';
        return this.checked(state.section, state.count - 1, this.assembler.current);
      case 'toolkit':
        if (!this.assembler.consume(token).done) return;
        this.toolkit = this.assembler.current;
        this.state = { within: 'keys' };
        return;
      case 'unknown':
        state.depth += depthOf(token);
        if (state.depth === 0) this.state = { within: 'keys' };
    }
    return undefined;
  }

  private checked(section: Section, index: number, raw: unknown): SnapshotElement | LeftOut {
    const read = readRecord(this.shapes[section], raw);
    const place = { section, index, ...ownerIn(section, raw) };
    return 'value' in read
      ? ({ ...place, value: read.value } as SnapshotElement)
      : { ...place, problems: read.problems };
  }

  private enter(key: string): State {
    // What a second one should do to the first nobody could say for all sections alike.
    if (this.seen.has(key)) throw new SnapshotFormError(`the snapshot breaks its form: ${key} comes twice`);
    if (isSection(key) || key === 'toolkit') this.seen.add(key);
    return { within: 'value', key };
  }

  private begin(key: string, token: Token): SnapshotElement | LeftOut | undefined {
    if (isSection(key)) {
      if (token.name !== 'startArray') throw broken(key, 'a list', sampleOf(token));
      this.state = { within: 'elements', section: key, count: 0 };
      return undefined;
    }
    this.state = key === 'toolkit' ? { within: 'toolkit' } : { within: 'unknown', depth: 0 };
    return this.take(token);
  }
}

const depthOf = ({ name }: Token): number =>
  name === 'startObject' || name === 'startArray' ? 1 : name === 'endObject' || name === 'endArray' ? -1 : 0;

/** A value of the same type as the one that this token opens. */
function sampleOf(token: Token): unknown {
  if (token.name === 'startObject') return {};
  if (token.name === 'startArray') return [];
  return token.name === 'numberValue' ? Number(token.value) : 'value' in token ? token.value : undefined;
}

/** The toolkit's own objects, one by one; those that cannot be read apart. */
function toolkitOf(given: unknown, zone: string): { toolkit: Toolkit | undefined; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  if (given === undefined || given === null) return { toolkit: undefined, leftOut };
  const shapes = toolkitShapesIn(zone);
  const part = <P extends keyof Toolkit>(section: P): Toolkit[P] => {
    const list = (given as Partial<Record<P, unknown>>)[section] ?? [];
    if (!Array.isArray(list)) throw broken(`toolkit.${section}`, 'a list', list);
    return list.flatMap((raw: unknown, index) => {
      const read = readRecord(shapes[section], raw);
      if ('value' in read) return [read.value];
      leftOut.push({ section, index, problems: read.problems });
      return [];
    }) as Toolkit[P];
  };
  return { toolkit: { systems: part('systems'), documents: part('documents') }, leftOut };
}

const broken = (where: string, needed: string, found: unknown): SnapshotFormError =>
  new SnapshotFormError(`the snapshot lacks its form: ${where}: ${needed} is needed, ${kindOf(found).en} stands there`);
