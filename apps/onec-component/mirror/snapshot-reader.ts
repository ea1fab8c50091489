import { getManyValues, isMany, none } from 'stream-chain/defs.js';
import { Assembler } from 'stream-json/core/assembler.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import type { z } from 'zod';
import {
  elementSchema,
  isSection,
  snapshotSchema,
  type Section,
  type SnapshotElement,
  type Toolkit,
} from './snapshot.js';

/** The snapshot is no JSON, or breaks its form; the text says where, and holds nobody's data. */
export class SnapshotFormError extends Error {
  override name = 'SnapshotFormError';
}

type State =
  | { at: 'start' | 'keys' | 'toolkit' | 'end' }
  /** Before the value of that key. */
  | { at: 'value'; key: string }
  /** Between elements; `count` have begun. */
  | { at: 'elements' | 'element'; section: Section; count: number }
  /** In a value that nobody asked for. */
  | { at: 'unknown'; depth: number };

/** Reads a snapshot piece by piece; holds one element of a section at a time, and the toolkit whole. */
export class SnapshotReader {
  private readonly parse = jsonParser({ packValues: true, streamValues: false });
  private readonly decoder = new TextDecoder('utf-8');
  private readonly assembler = new Assembler();
  private readonly seen = new Set<string>();
  private state: State = { at: 'start' };
  private toolkit: unknown;

  /** Elements that end in this piece, checked, in their order. Throws {@link SnapshotFormError}. */
  push(piece: Uint8Array): SnapshotElement[] {
    return this.read(this.decoder.decode(piece, { stream: true }));
  }

  /** After the last piece. Throws {@link SnapshotFormError} where something is missing. */
  end(): Toolkit | undefined {
    this.read(this.decoder.decode());
    this.read(none);
    if (this.state.at !== 'end') throw new SnapshotFormError('the snapshot is no JSON');
    const sections = [...this.seen].filter(isSection).map((section) => [section, []]);
    const read = snapshotSchema.safeParse({ ...Object.fromEntries(sections), toolkit: this.toolkit });
    this.toolkit = undefined;
    if (!read.success) throw broken(read.error);
    return read.data.toolkit;
  }

  private read(text: string | typeof none): SnapshotElement[] {
    let answer: unknown;
    try {
      answer = this.parse(text as string);
    } catch {
      throw new SnapshotFormError('the snapshot is no JSON');
    }
    const elements: SnapshotElement[] = [];
    if (!isMany(answer)) return elements;
    for (const token of getManyValues(answer) as Token[]) {
      const element = this.take(token);
      if (element) elements.push(element);
    }
    return elements;
  }

  private take(token: Token): SnapshotElement | undefined {
    const { state } = this;
    switch (state.at) {
      case 'start':
        if (token.name !== 'startObject') throw broken(snapshotSchema.safeParse(sampleOf(token)).error);
        this.state = { at: 'keys' };
        return;
      case 'keys':
        this.state = token.name === 'keyValue' ? this.enter(token.value) : { at: 'end' };
        return;
      case 'value':
        return this.begin(state.key, token);
      case 'elements':
        if (token.name === 'endArray') {
          this.state = { at: 'keys' };
          return;
        }
        state.at = 'element';
        state.count++;
        return this.take(token);
      case 'element':
        if (!this.assembler.consume(token).done) return;
        state.at = 'elements';
        return checked(state.section, state.count - 1, this.assembler.current);
      case 'toolkit':
        if (!this.assembler.consume(token).done) return;
        this.toolkit = this.assembler.current;
        this.state = { at: 'keys' };
        return;
      case 'unknown':
        state.depth += depthOf(token);
        if (state.depth === 0) this.state = { at: 'keys' };
    }
    return undefined;
  }

  private enter(key: string): State {
    // What a second one should do to the first nobody could say for all sections alike.
    if (this.seen.has(key)) throw new SnapshotFormError(`the snapshot breaks its form: ${key} comes twice`);
    if (isSection(key) || key === 'toolkit') this.seen.add(key);
    return { at: 'value', key };
  }

  private begin(key: string, token: Token): SnapshotElement | undefined {
    if (isSection(key)) {
      if (token.name !== 'startArray') throw broken(snapshotSchema.shape[key].safeParse(sampleOf(token)).error, [key]);
      this.state = { at: 'elements', section: key, count: 0 };
      return undefined;
    }
    this.state = key === 'toolkit' ? { at: 'toolkit' } : { at: 'unknown', depth: 0 };
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

function checked(section: Section, index: number, value: unknown): SnapshotElement {
  const read = elementSchema(section).safeParse(value);
  if (!read.success) throw broken(read.error, [section, index]);
  return { section, value: read.data } as SnapshotElement;
}

function broken(error: z.ZodError | undefined, at: PropertyKey[] = []): SnapshotFormError {
  const where = (error?.issues ?? [])
    .slice(0, 5)
    .map(({ path, message }) => `${[...at, ...path].map(String).join('.')}: ${message}`);
  return new SnapshotFormError(`the snapshot breaks its form: ${where.join('; ')}`);
}
