import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDraft } from '../documents/drafts.js';
import { postDraft } from '../documents/desk-posting.js';
import { curriculum, handmadeUniversity } from '../testing/handmade-university.js';
import { openRegisters, type Registers } from '../testing/registers.js';
import { countBindings } from './counts.js';
import { displayBindings } from './display.js';
import { EmptyBindingRuns } from './empty/empty-binding-runs.js';
import { draftZeroing, goneBindings } from './gone.js';
import { historyOfBinding } from './history.js';

let registers: Registers;
let runs: EmptyBindingRuns;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

const who = { login: 'ivanov', author: 'Иванов И. И.' };
const planLine = (discipline: string, semester = 3, department = '801') => ({
  ...{ disciplineKind: 'Discipline' as const, discipline, semester, department },
});
const plans = (): { lines: ReturnType<typeof planLine>[]; status: string; code: string }[] =>
  university.made.curricula as never;
beforeEach(async () => {
  await university.begin();
  university.made.curricula.length = 0;
  university.made.curricula.push(
    curriculum('п1', { lines: [planLine('д1'), planLine('д2', 4)], level: 'бакалавр', graduatingDepartment: '801' }),
    curriculum('п2', { year: 2023, lines: [planLine('д1')] }),
    curriculum('черновик', { year: 2022, status: 'Draft', lines: [planLine('д1')] }),
    curriculum('шаблон', { year: 2021, template: true, lines: [planLine('д1')] }),
  );
  university.made.disciplines.push({ kind: 'Discipline', code: 'д1', name: 'Физика' });
  university.made.departments.push({ code: '801', name: 'Кафедра 801' });
  await university.fill();
  runs = new EmptyBindingRuns(registers.dataSource, registers.clock);
});
afterEach(() => runs.end());

const db = () => registers.dataSource.manager;
const create = async (plan: string | null = null, system = '1') => {
  const { id } = await runs.start(who, system, plan);
  await runs.idle();
  registers.time.now += 1000;
  return runs.read(id);
};
const bind = async (courseId: number, key: object = {}) => {
  const line = { curriculum: 'п1', ...planLine('д1'), courseId, change: true, several: false, shown: null, ...key };
  const content = { system: '1', comment: '', date: null, display: null, lines: [line] };
  const { id } = await registers.dataSource.transaction((manager) =>
    createDraft(manager, registers.clock, who, content),
  );
  const { details } = (await registers.dataSource
    .transaction((manager) => postDraft(manager, registers.clock, who, id, { version: 1 }))
    .catch((error: unknown) => error)) as { details?: { accept: string } };
  if (details)
    await registers.dataSource.transaction((manager) =>
      postDraft(manager, registers.clock, who, id, { version: 1, accept: details.accept }),
    );
  registers.time.now += 1000;
};
const documents = (): Promise<{ number: string; posted: boolean }[]> =>
  registers.dataSource.query('select number, posted, author from onec_component.binding_documents order by number');

describe('empty bindings', () => {
  test('are made of approved curricula, a posted document each; what exists is left alone', async () => {
    await bind(5);
    expect(await create()).toMatchObject({ state: 'done', total: 2, done: 2, documents: 2, lines: 2, failures: [] });
    expect((await documents()).map(({ posted }) => posted)).toEqual([true, true, true]);
    expect(await countBindings(db(), ['1'])).toEqual([{ system: '1', empty: 2, filled: 1, missing: 0, gone: 0 }]);
    expect(await create()).toMatchObject({ state: 'done', documents: 0, lines: 0 });
    expect(await documents()).toHaveLength(3);
  });

  test('of one curriculum are its own; of a template there are none', async () => {
    expect(await create('п1')).toMatchObject({ total: 1, documents: 1, lines: 2 });
    await expect(runs.start(who, '1', 'шаблон')).rejects.toMatchObject({ kind: 'state' });
    await expect(runs.start(who, '9', null)).rejects.toMatchObject({ kind: 'no-such' });
    expect(await countBindings(db())).toEqual([
      { system: '1', empty: 2, filled: 0, missing: 1, gone: 0 },
      { system: '2', empty: 0, filled: 0, missing: 3, gone: 0 },
    ]);
  });

  test('of one curriculum that cannot be made lose no other', async () => {
    // A record of the same key whose posting the look does not see cannot be: the fault is put into the table itself.
    await registers.dataSource.query(
      `create function onec_component.refuse() returns trigger language plpgsql as
         $$ begin if new.curriculum = 'п1' then raise 'no'; end if; return new; end $$;
       create trigger refuse before insert on onec_component.binding_document_lines
         for each row execute function onec_component.refuse()`,
    );
    try {
      expect(await create()).toMatchObject({
        ...{ state: 'done', done: 2, documents: 1 },
        failures: [{ curriculum: 'п1', text: { ru: expect.stringContaining('Внутренняя ошибка') } }],
      });
    } finally {
      await registers.dataSource.query('drop function onec_component.refuse cascade');
    }
    expect(await create()).toMatchObject({ documents: 1, lines: 2 });
  });

  test('are gone on with after a restart, and not after a cancelling', async () => {
    await runs.end();
    const first = await runs.start(who, '1', null);
    await expect(runs.start(who, '1', null)).rejects.toMatchObject({ kind: 'state' });
    const next = new EmptyBindingRuns(registers.dataSource, registers.clock);
    next.begin();
    await next.idle();
    expect(await next.read(first.id)).toMatchObject({ state: 'done', done: 2 });
    await next.end();
    const second = await runs.start(who, '2', null);
    expect(await runs.cancel(second.id)).toMatchObject({ state: 'cancelled', done: 0 });
    runs = new EmptyBindingRuns(registers.dataSource, registers.clock);
    runs.begin();
    await runs.idle();
    expect(await countBindings(db(), ['2'])).toMatchObject([{ empty: 0, missing: 3 }]);
  });
});

describe('what the form shows', () => {
  test('all bindings of a system, with the names beside the lines, or the empty ones', async () => {
    await create();
    await bind(7);
    const all = await displayBindings(db(), '1', 'all');
    expect(all).toMatchObject({
      curricula: [{ code: 'п1', level: 'бакалавр', graduatingDepartmentName: 'Кафедра 801' }, { code: 'п2' }],
      departments: [{ code: '801', name: 'Кафедра 801' }],
      disciplines: [
        { code: 'д1', name: 'Физика' },
        { code: 'д2', name: 'д2' },
      ],
      lines: { curriculum: [0, 0, 1], discipline: [0, 1, 0], semester: [3, 4, 3], course: [7, 0, 0], state: [0, 0, 0] },
    });
    expect(all.lines.period.map((place) => all.periods[place])).toEqual([
      '2025-10-15T15:00:01',
      '2025-10-15T15:00:00',
      '2025-10-15T15:00:00',
    ]);
    expect((await displayBindings(db(), '1', 'empty')).lines.course).toEqual([0, 0]);
  });

  test('rows that no curriculum has any more stand apart, are no empty bindings, and can be set to zero', async () => {
    await create();
    await bind(7);
    plans()[0]!.lines = [planLine('д1', 3, '802'), planLine('д2', 4)];
    plans()[1]!.status = 'Archived';
    await university.fill();
    expect(await countBindings(db(), ['1'])).toEqual([{ system: '1', empty: 1, filled: 0, missing: 1, gone: 1 }]);
    const all = await displayBindings(db(), '1', 'all');
    expect(all.lines.state.map((place) => all.states[place])).toEqual(['gone', 'current', 'resting']);
    const waiting = await displayBindings(db(), '1', 'empty');
    expect(waiting.lines.state.map((place) => waiting.states[place])).toEqual(['gone', 'current']);
    expect(waiting.lines.course).toEqual([7, 0]);
    expect(await goneBindings(db(), '1')).toMatchObject([
      { curriculum: 'п1', disciplineName: 'Физика', departmentName: 'Кафедра 801', courseId: 7 },
    ]);
    const draft = await registers.dataSource.transaction((manager) => draftZeroing(manager, registers.clock, who, '1'));
    await registers.dataSource.transaction((manager) =>
      postDraft(manager, registers.clock, who, draft.id, { version: 1 }),
    );
    expect(await goneBindings(db(), '1')).toEqual([]);
    await expect(
      registers.dataSource.transaction((manager) => draftZeroing(manager, registers.clock, who, '1')),
    ).rejects.toMatchObject({ kind: 'state' });
  });

  test('the history of a binding', async () => {
    await create();
    await bind(5);
    await bind(7);
    const history = await historyOfBinding(db(), '1', { curriculum: 'п1', ...planLine('д1') });
    expect(history.map(({ from, to, author }) => [from, to, author])).toEqual([
      [5, 7, 'Иванов И. И.'],
      [0, 5, 'Иванов И. И.'],
      [null, 0, 'Иванов И. И.'],
    ]);
  });
});
