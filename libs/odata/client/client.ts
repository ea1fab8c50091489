import { both } from '#contracts';
import { CompositionLostError, FormError, NoSetError, RestlessSetError } from '../errors.js';
import { MetadataReader, type Publication } from '../metadata/metadata.js';
import { Exchange, type ODataOptions } from './exchange.js';
import { addressOf, guid, pathOf, type Page, type Source } from './query.js';

export type Row = Record<string, unknown>;

/** How often a set may change under our hands before we give up. */
const patienceWithChanges = 5;

/** Reads a publication of `odata/standard.odata`: one question at a time, in pages. */
export class ODataClient {
  private readonly exchange: Exchange;
  private readonly pageSize: number;

  constructor(options: ODataOptions & { pageSize: number }) {
    this.exchange = new Exchange(options);
    this.pageSize = options.pageSize;
  }

  /** What the publication holds. Large: tens of seconds with a whole configuration. */
  metadata(): Promise<Publication> {
    return this.exchange.ask('$metadata', '$metadata', async (body) => {
      const reader = new MetadataReader();
      for await (const piece of body) reader.push(piece);
      return reader.end();
    });
  }

  /** Names of the sets, by the service document: small. */
  async sets(): Promise<string[]> {
    const answer = (await this.exchange.json('?$format=json', '/')) as { value?: unknown };
    return listIn(answer).flatMap(({ name, url }) => String(name ?? url ?? ''));
  }

  async count(source: Source): Promise<number> {
    const text = await this.exchange.text(`${pathOf(source)}/$count`, source.set);
    const number = Number(text.replace(/^\uFEFF/, '').trim());
    if (text.trim() === '' || !Number.isInteger(number))
      throw new FormError(both('$count — не число', '$count is no number'));
    return number;
  }

  /** The rows that a page's options give. */
  async page(source: Source, page: Page): Promise<Row[]> {
    try {
      return listIn(await this.exchange.json(addressOf(source, page), source.set));
    } catch (error) {
      // One missing set is a wrong name; with all of them missing every name is right.
      if (error instanceof NoSetError && (await this.sets()).length === 0) throw new CompositionLostError();
      throw error;
    }
  }

  /**
   * All rows, a page at a time, each once. By keys where the set has one: the next page is asked for behind the last
   * key, so neither its place nor a change elsewhere matters. In the order in which 1C puts keys nobody vouches for
   * it: where pages overlap or fall short of the count, the rest is read by places, and so is a register.
   */
  async *rows(source: Source, size = this.pageSize): AsyncGenerator<Row[]> {
    const seen = new Set<string>();
    const unseen = (rows: readonly Row[]): Row[] =>
      rows.filter((row) => {
        const key = keyOf(source, row);
        return !seen.has(key) && seen.add(key);
      });
    if (source.order.length === 1 && source.order[0] === 'Ref_Key' && source.slice === undefined) {
      let after: unknown;
      for (;;) {
        const filter = typeof after === 'string' ? `Ref_Key gt ${guid(after)}` : undefined;
        const page = await this.page(source, { ...(filter && { filter }), top: size });
        const fresh = unseen(page);
        if (fresh.length > 0) yield fresh;
        if (fresh.length < page.length) break;
        if (page.length !== size) {
          if (page.length > size || seen.size >= (await this.count(source))) return;
          break;
        }
        after = page.at(-1)!.Ref_Key;
      }
    }
    for await (const page of this.byPlaces(source, size)) {
      const fresh = unseen(page);
      if (fresh.length > 0) yield fresh;
    }
  }

  /** Each page begins with the last row of the one before: another row there means that something came or went. */
  private async *byPlaces(source: Source, size: number): AsyncGenerator<Row[]> {
    for (let restarts = 0; restarts < patienceWithChanges; restarts++) {
      let anchor: string | undefined;
      let read = 0;
      for (;;) {
        const page = await this.page(source, anchor === undefined ? { top: size } : { top: size + 1, skip: read - 1 });
        const overlap = anchor === undefined ? 0 : 1;
        if (overlap === 1 && (page.length === 0 || keyOf(source, page[0]!) !== anchor)) break;
        yield page.slice(overlap);
        read += page.length - overlap;
        if (page.length - overlap !== size) return;
        anchor = keyOf(source, page.at(-1)!);
      }
    }
    throw new RestlessSetError(source.set);
  }
}

const keyOf = ({ order }: Source, row: Row): string => order.map((field) => String(row[field])).join('|');

function listIn(answer: unknown): Row[] {
  const value = (answer as { value?: unknown } | null)?.value;
  if (!Array.isArray(value) || value.some((row) => typeof row !== 'object' || row === null))
    throw new FormError(both('в ответе нет списка value', 'the answer has no list "value"'));
  return value as Row[];
}
