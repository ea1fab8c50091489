import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SynchronizationError } from '#contracts';
import { createSandboxOneC, type SandboxOneC } from '../../../sandbox/onec/server.js';
import type { ODataSwitches } from '../../../sandbox/onec/odata/switches.js';
import { ODataClient, type Row } from './client.js';
import type { ODataOptions } from './exchange.js';
import type { Source } from './query.js';

let sandbox: SandboxOneC;
beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 60, seed: 3, faulty: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  sandbox.odata.stock.asked.length = 0;
});

const books: Source = { set: 'Catalog_ЗачетныеКниги', fields: ['Description', 'Owner_Key'], order: ['Ref_Key'] };
const states: Source = {
  set: 'InformationRegister_СостояниеСтудентов_RecordType',
  fields: ['Группа_Key'],
  order: ['ЗачетнаяКнига_Key', 'ФизическоеЛицо_Key'],
  slice: '3000-01-01T00:00:00',
};
const clientOf = (more: Partial<ODataOptions> & { pageSize?: number } = {}): ODataClient =>
  new ODataClient({
    ...{ url: sandbox.odata.stock.url, user: 'Обмен', password: () => 'секрет:1', pageSize: 7, pauses: [1, 1] },
    ...more,
  });
async function allOf(client: ODataClient, source: Source): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of client.rows(source)) rows.push(...page);
  return rows;
}
const codes = () => sandbox.university.students.map(({ code }) => code).sort();
const found = (rows: readonly Row[]) => rows.map((row) => row.Description).sort();

it('reads a set by its keys: each row once, with the fields that were asked for', async () => {
  const rows = await allOf(clientOf(), books);
  expect(found(rows)).toEqual(codes());
  expect(Object.keys(rows[0]!).sort()).toEqual(['Description', 'Owner_Key', 'Ref_Key']);
  const keys = rows.map((row) => String(row.Ref_Key));
  // The order is the server's own: nothing here may lean on the text's.
  expect(keys).not.toEqual([...keys].sort());
  expect(sandbox.odata.stock.asked.filter((one) => one.includes('$skip'))).toEqual([]);
});

it.each([1, 59, 60, 61, 120])('whatever a page holds: %d', async (pageSize) => {
  expect(found(await allOf(clientOf({ pageSize }), books))).toEqual(codes());
});

it('keys that the server orders one way and compares another way lose nobody', async () => {
  sandbox.switches.odata.keysOrdered = false;
  expect(found(await allOf(clientOf(), books))).toEqual(codes());
});

it('reads the last records of a register page by page', async () => {
  const rows = await allOf(clientOf(), states);
  expect(new Set(rows.map((row) => row.ЗачетнаяКнига_Key)).size).toBe(60);
  expect(rows).toHaveLength(60);
});

it('a page that is lost is asked for again, not those before it', async () => {
  sandbox.odata.stock.asked.length = 0;
  const client = clientOf({ pageSize: 20 });
  const rows: Row[] = [];
  for await (const page of client.rows(books)) {
    rows.push(...page);
    if (rows.length === 20) {
      sandbox.switches.odata.cut = 1;
      sandbox.switches.odata.failing = { status: 502, times: 1 };
    }
  }
  expect(found(rows)).toEqual(codes());
  const pages = sandbox.odata.stock.asked.filter((one) => one.includes('$top'));
  expect(pages.filter((one) => !one.includes(' gt guid'))).toHaveLength(1);
  expect(pages).toHaveLength(1 + 3 + 2);
});

it('a register that changes between two pages gives each row once all the same', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({ Period: `2024-01-${String(index + 10)}`, LineNumber: 'x' }));
  let asked = 0;
  const server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://here').searchParams;
    if (++asked === 3) rows.unshift({ Period: '2023-12-31', LineNumber: 'x' });
    const skip = Number(query.get('$skip') ?? 0);
    response.end(JSON.stringify({ value: rows.slice(skip, skip + Number(query.get('$top'))) }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const all = await allOf(clientOf({ url }), { set: 'InformationRegister_X', fields: [], order: ['Period'] });
    expect(all.map((row) => row.Period).sort()).toEqual(rows.map(({ Period }) => Period).sort());
  } finally {
    server.close();
  }
});

it('a selection that makes the query longer than IIS takes is left out', async () => {
  const fields = Array.from({ length: 30 }, () => 'Description').map((name, index) => (index === 0 ? name : `${name}`));
  const long = {
    ...books,
    fields: [...fields, ...Array.from({ length: 40 }, (_, index) => `ОченьДлинноеПоле${index}`)],
  };
  expect(found(await allOf(clientOf(), long))).toEqual(codes());
});

const refusals: [string, Partial<ODataSwitches>, string, RegExp][] = [
  ['the infobase is locked', { locked: true }, 'odata-locked', /locked/],
  ['the pool is full', { busy: 9 }, 'odata-busy', /406/],
  ['the user may not read the set', { forbidden: [books.set] }, 'odata-rights', /code 20/],
  ['the password is another', { account: { user: 'Обмен', password: 'другой' } }, 'odata-auth', /401/],
  ['the set is not published', { absent: [books.set] }, 'odata-no-set', /ЗачетныеКниги/],
  ['the composition was lost', { compositionLost: true }, 'odata-composition-lost', /composition/],
  ['the web server is down', { failing: { status: 503, times: 9 } }, 'odata-server', /503/],
  ['a handler raises an exception', { raising: [books.set] }, 'odata-server', /code -1/],
  ['nothing is published there', { failing: { status: 404, times: 9 } }, 'odata-publication', /404/],
  ['a log-in form comes', { html: true }, 'odata-form', /page/],
  ['answers are cut short', { cut: 9 }, 'odata-unreachable', /./],
];
it.each(refusals)('%s: said by name, and 1C is asked again only where that helps', async (_, switches, cause, text) => {
  Object.assign(sandbox.switches.odata, switches);
  const error: unknown = await allOf(clientOf(), books).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SynchronizationError);
  const { failure } = error as SynchronizationError;
  expect(failure.cause).toBe(cause);
  expect(failure.reason.en).toMatch(text);
  const pages = sandbox.odata.stock.asked.filter((one) => one.includes('$top'));
  expect(pages).toHaveLength(failure.kind === 'outage' ? 3 : 1);
  if (failure.kind === 'configuration') expect(failure.cure?.ru).toBeTruthy();
});

it('what passes by itself is waited for', async () => {
  sandbox.switches.odata.busy = 2;
  expect(found(await allOf(clientOf(), books))).toEqual(codes());
});

it('a field that is not there is named', async () => {
  const wrong = { ...books, fields: ['Фамилия'] };
  await expect(allOf(clientOf(), wrong)).rejects.toMatchObject({
    name: 'QueryError',
    failure: { kind: 'configuration', reason: { en: expect.stringContaining('Фамилия') as string } },
  });
});

it('name and password go in UTF-8', async () => {
  sandbox.switches.odata.account = { user: 'Обмен', password: 'секрет:1' };
  expect(await clientOf().count(books)).toBe(60);
});

it('an answer that does not come in time is given up', async () => {
  sandbox.switches.odata.latency = 500;
  await expect(clientOf({ patience: 20, pauses: [] }).count(books)).rejects.toMatchObject({ name: 'SlowError' });
});

it('$metadata: sets, keys, fields, tabular parts, and which registers can be sliced', async () => {
  const { sets, rowTypes } = await clientOf().metadata();
  expect([...sets.keys()]).toContain('Document_УчебныйПлан');
  expect(sets.get(states.set)).toMatchObject({ slices: true });
  expect(sets.get(books.set)).toMatchObject({ slices: false, key: ['Ref_Key'] });
  expect(sets.get(books.set)!.fields.get('Owner_Key')).toBe('Edm.Guid');
  const part = sets.get('Document_УчебныйПлан')!.fields.get('Дисциплины');
  expect(part).toBe('Collection(StandardODATA.Document_УчебныйПлан_Дисциплины_RowType)');
  expect([...rowTypes.get('Document_УчебныйПлан_Дисциплины_RowType')!.keys()]).toContain('Семестр');
});
