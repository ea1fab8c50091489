import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockedPage, loginPage, serverPage } from '../proxy/pages.js';
import { rowsFor, sliceLast } from './answer.js';
import { edmx } from './edmx.js';
import { bodyOf, noSet, ODataRefusal, Refusal } from './refusal.js';
import type { ODataSwitches } from './switches.js';
import type { Row, Shape, Table } from './table.js';

interface Answer {
  body: string;
  contentType: string;
}

/** `odata/standard.odata` of one infobase: reads only. */
export class ODataPublication {
  /** What was asked, decoded, as it came. */
  readonly asked: string[] = [];
  /** Rows of a set as its first page found them: further pages of it are cut from the same. */
  private readonly held = new Map<string, Row[]>();

  constructor(
    private readonly base: string,
    private readonly shape: () => Shape,
    private readonly switches: ODataSwitches,
  ) {}

  async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://sandbox');
    const path = decodeURIComponent(pathname.slice(this.base.length).replace(/^\//, ''));
    const query = new URLSearchParams(search);
    this.asked.push(`${path}${decodeURIComponent(search)}`);
    if (this.switches.latency > 0) await sleep(this.switches.latency);
    const json = /json/.test(query.get('$format') ?? request.headers.accept ?? '');
    let status = 200;
    let answer: Answer;
    let headers: Record<string, string> = {};
    try {
      this.misbehave(request, search);
      answer = this.answer(path, query, json);
    } catch (error) {
      if (error instanceof ODataRefusal) {
        status = error.status;
        answer = bodyOf(error, json);
      } else if (error instanceof Refusal) {
        ({ status, headers } = error);
        answer = error;
      } else throw error;
    }
    const bytes = Buffer.from(answer.body, 'utf8');
    response.writeHead(status, { 'content-type': answer.contentType, ...headers, 'content-length': bytes.length });
    if (status === 200 && this.switches.cut > 0) {
      this.switches.cut--;
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
      return;
    }
    response.end(bytes);
  }

  private misbehave(request: IncomingMessage, search: string): void {
    const { switches } = this;
    if (search.length - 1 > switches.longestQuery) throw new Refusal(404, serverPage(404));
    if (switches.failing.times > 0) {
      switches.failing.times--;
      throw new Refusal(switches.failing.status, serverPage(switches.failing.status));
    }
    const { account } = switches;
    if (account) {
      const expected = `Basic ${Buffer.from(`${account.user}:${account.password}`, 'utf8').toString('base64')}`;
      if (request.headers.authorization !== expected)
        throw new Refusal(401, '', undefined, { 'www-authenticate': 'Basic realm="1C:Enterprise 8.3"' });
    }
    if (switches.locked) {
      const { body, type } = lockedPage('json', true);
      throw new Refusal(403, body, type);
    }
    if (switches.busy > 0) {
      switches.busy--;
      throw new Refusal(406, '');
    }
    if (switches.html) throw new Refusal(200, loginPage);
  }

  private answer(path: string, query: URLSearchParams, json: boolean): Answer {
    const sets = this.published();
    if (path === '$metadata') return { body: edmx(sets), contentType: 'application/xml;charset=utf-8' };
    if (!json) throw new ODataRefusal(415, 3, 'Формат представления не поддерживается');
    if (path === '')
      return this.list(
        '',
        [...sets.keys()].map((name) => ({ name, url: name })),
        undefined,
      );
    const parts = /^([^/(]+)(?:\/(SliceLast|SliceFirst)\(([^)]*)\))?(?:\/(\$count))?$/.exec(path);
    if (!parts)
      throw new ODataRefusal(400, 6, path.includes('/') ? 'Метод не найден' : `Сегмент пути ${path} не найден!`);
    const [, name = '', slice, given, count] = parts;
    const table = sets.get(name);
    if (!table) throw noSet(name);
    if (this.switches.forbidden.includes(name)) throw new ODataRefusal(401, 20, 'Нарушение прав доступа!');
    if (this.switches.raising.includes(name))
      throw new ODataRefusal(500, -1, "Ошибка при выполнении обработчика - 'ПриЧтении'");
    if (slice && !table.dimensions) throw new ODataRefusal(400, 6, 'Метод не найден');
    const period = slice ? /Period=datetime'([^']*)'/.exec(given ?? '')?.[1] : undefined;
    const rows = this.rows(table, query, slice ? `${slice} ${period}` : '', (all) =>
      slice ? sliceLast(table, all, period) : all,
    );
    const found = rowsFor(table, rows, query);
    // The platform puts a mark of byte order before a count.
    if (count) return { body: `\uFEFF${found.total}`, contentType: 'text/plain;charset=utf-8' };
    const total = query.get('$inlinecount') === 'allpages' ? String(found.total) : undefined;
    return this.list(name, found.rows, total, /nometadata/.test(query.get('$format') ?? ''));
  }

  private rows(table: Table, query: URLSearchParams, what: string, made: (all: Row[]) => Row[]): Row[] {
    const key = `${table.set} ${what}`;
    const further = query.has('$skip') || / gt guid/.test(query.get('$filter') ?? '');
    let rows = further ? this.held.get(key) : undefined;
    if (!rows) {
      rows = made(this.standing(table.rows()));
      this.held.set(key, rows);
    }
    // A base whose `gt` keeps to another order than `$orderby`: the rows behind a key are not those that follow it.
    if (further && !this.switches.keysOrdered && query.has('$filter')) {
      const after = /guid'([^']*)'/.exec(query.get('$filter')!)![1]!;
      query.delete('$filter');
      return rows.filter((row) => String(row.Ref_Key) > after);
    }
    return rows;
  }

  /** With what somebody has marked for deletion, and without what is gone. */
  private standing(rows: Row[]): Row[] {
    const { marked, gone } = this.switches;
    if (marked.length + gone.length === 0) return rows;
    const named = (row: Row, names: string[]): boolean =>
      'DeletionMark' in row &&
      [row.Code, row.Number, row.Description].some((name) => name !== '' && names.includes(String(name)));
    return rows
      .filter((row) => !named(row, gone))
      .map((row) =>
        named(row, marked) ? { ...row, DeletionMark: true, ...('Posted' in row && { Posted: false }) } : row,
      );
  }

  private list(set: string, rows: readonly Row[], total: string | undefined, bare = false): Answer {
    const head = {
      ...(!bare && { 'odata.metadata': `http://1c.example.edu${this.base}/$metadata${set && `#${set}`}` }),
      ...(total !== undefined && { 'odata.count': total }),
    };
    const lines = Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)},\r\n`);
    const values = rows.map((row) => JSON.stringify(row)).join(',\r\n');
    return {
      body: `{\r\n${lines.join('')}"value": [${values}]\r\n}`,
      contentType: `application/json;odata=${bare ? 'nometadata' : 'minimalmetadata'};charset=utf-8`,
    };
  }

  private published(): Shape {
    if (this.switches.compositionLost) return new Map();
    const sets = new Map(this.shape());
    for (const set of this.switches.absent) sets.delete(set);
    return sets;
  }
}
