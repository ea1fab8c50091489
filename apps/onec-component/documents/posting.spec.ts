import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRegisters, type Registers } from '../testing/registers.js';
import type { BindingDocument, BindingLine } from './binding-document.js';
import { postDocument, unpostDocument } from './posting.js';
import { writeDocument } from './store.js';

let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());
beforeEach(async () => {
  await registers.empty();
  registers.time.now = Date.parse('2025-10-15T12:00:00Z');
  await registers.dataSource.query(`insert into onec_component.systems values ('1', 'LMS', ''), ('2', 'СДО', '')`);
});

const line = (discipline: string, courseId: number, more: Partial<BindingLine> = {}): BindingLine => ({
  ...{ curriculum: 'план', department: '801', disciplineKind: 'Discipline' as const, discipline, semester: 1 },
  ...{ system: '1', courseId, change: true, several: false },
  ...more,
});
let count = 0;
const document = (lines: BindingLine[], date = '2025-10-01T10:00:00'): BindingDocument => {
  const number = String(++count).padStart(12, '0');
  return { id: `00000000-0000-4000-8000-${number}`, number, date, author: 'Иванов И. И.', lines };
};
const inTransaction = registersTransaction;
function registersTransaction(work: (db: Registers['dataSource']['manager']) => Promise<void>): Promise<void> {
  return registers.dataSource.transaction(work);
}
const post = (made: BindingDocument) =>
  inTransaction(async (db) => {
    await writeDocument(db, made);
    await postDocument(db, registers.clock, made.id);
  });
const unpost = (made: BindingDocument) => inTransaction((db) => unpostDocument(db, registers.clock, made.id));
const records = async () =>
  (
    (await registers.dataSource.query(
      'select discipline, course_id from onec_component.academic_course_bindings order by period, discipline',
    )) as { discipline: string; course_id: number }[]
  ).map((row) => `${row.discipline}=${row.course_id}`);
const changes = async (els = 'LMS', since = 0) =>
  JSON.parse(await registers.synchronizer.bindingsSince(els, since, 100)) as {
    courses: number[];
    sequence: number;
    semester: number;
  }[];

test('only rows with Change become records; an empty binding is a record too', async () => {
  await post(document([line('д1', 5), line('д2', 0), line('д3', 7, { change: false })]));
  expect(await records()).toEqual(['д1=5', 'д2=0']);
});

test('posting again replaces the document’s records', async () => {
  const made = document([line('д1', 5), line('д2', 6)]);
  await post(made);
  await unpost(made);
  await post({ ...made, lines: [line('д1', 9)] });
  expect(await records()).toEqual(['д1=9']);
});

test('a posted document cannot be written', async () => {
  const made = document([line('д1', 5)]);
  await post(made);
  await expect(inTransaction((db) => writeDocument(db, made))).rejects.toMatchObject({ name: 'PostingError' });
});

test('cancelling the posting lets the slice fall back to the document before', async () => {
  const first = document([line('д1', 5)], '2025-10-01T10:00:00');
  const second = document([line('д1', 6)], '2025-10-02T10:00:00');
  await post(first);
  await post(second);
  expect((await changes())[0]?.courses).toEqual([6]);
  await unpost(second);
  expect((await changes())[0]?.courses).toEqual([5]);
  await unpost(first);
  expect((await changes())[0]?.courses).toEqual([]);
});

describe('is refused as a whole', () => {
  test.each<[string, BindingLine[], string, RegExp]>([
    ['two rows of equal dimensions', [line('д1', 5), line('д1', 6)], '2025-10-01T10:00:00', /Строки 1 и 2/],
    ['a negative course', [line('д0', 1), line('д1', -5)], '2025-10-01T10:00:00', /строке 2/],
    ['an unknown system', [line('д1', 5, { system: '9' })], '2025-10-01T10:00:00', /неизвестная ЭОС/],
    ['a date to come', [line('д1', 5)], '2025-10-15T15:00:01', /ещё не наступила/],
  ])('%s', async (_, lines, date, text) => {
    await expect(post(document(lines, date))).rejects.toThrow(text);
    expect(await records()).toEqual([]);
    expect(await changes()).toEqual([]);
  });

  test('a second document of the same second and dimensions', async () => {
    await post(document([line('д1', 5)]));
    await expect(post(document([line('д2', 1), line('д1', 6)]))).rejects.toThrow(
      'Запись с такими ключевыми полями существует',
    );
    expect(await records()).toEqual(['д1=5']);
  });

  test('a document that is not there', async () => {
    await expect(inTransaction((db) => postDocument(db, registers.clock, document([]).id))).rejects.toThrow(
      'не записан',
    );
  });
});

describe('numbers of changes', () => {
  test('only sets that differ get one: empty bindings and repetitions are no change', async () => {
    await post(document([line('д1', 0), line('д2', 0)], '2025-10-01T10:00:00'));
    expect(await changes()).toEqual([]);
    await post(document([line('д1', 5), line('д2', 5)], '2025-10-01T10:00:01'));
    const [first] = await changes();
    expect(first?.courses).toEqual([5]);
    await post(document([line('д2', 0)], '2025-10-01T10:00:02'));
    expect(await changes('LMS', first?.sequence)).toEqual([]);
  });

  test('grow beyond the clock when it stands or goes back', async () => {
    await post(document([line('д1', 5), line('д1', 5, { semester: 2 })]));
    registers.time.now -= 60_000;
    await post(document([line('д2', 6)], '2025-10-01T10:00:01'));
    const numbers = (await changes()).map((change) => change.sequence);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers).toHaveLength(2);
  });

  test('are per system', async () => {
    await post(document([line('д1', 5), line('д1', 6, { system: '2' })]));
    expect((await changes('LMS'))[0]?.courses).toEqual([5]);
    expect((await changes('СДО'))[0]?.courses).toEqual([6]);
  });

  test('a reader who follows them misses nothing, however many post at once', async () => {
    const seen = new Map<number, number[]>();
    let since = 0;
    let done = false;
    const follow = async () => {
      for (const change of await changes('LMS', since)) {
        seen.set(change.semester, change.courses);
        since = change.sequence;
      }
    };
    const reading = (async () => {
      while (!done) await follow();
      await follow();
    })();
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        post(document([line('д1', index + 1, { semester: index % 6 })], `2025-10-01T10:00:${String(10 + index)}`)),
      ),
    );
    done = true;
    await reading;
    for (let semester = 0; semester < 6; semester++) expect(seen.get(semester)).toEqual([18 + semester + 1]);
  });
});
