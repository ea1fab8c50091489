import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import { lockMovements } from '../../documents/posting.js';
import { Refusal } from '../../refusal.js';

/** A configured system: its id, and the name by which it calls its ELS. */
export interface ConfiguredSystem {
  id: string;
  els: string;
}

export interface Els {
  code: string;
  name: string;
  address: string;
}

export interface ListedEls extends Els {
  /** Ids of the configured systems that call it by its name. */
  ids: string[];
  /** Rows that refer to it. */
  bindings: number;
  documents: number;
  synchronizations: number;
}

/** The directory, and the names that only one side knows. */
export async function listEls(db: EntityManager, configured: readonly ConfiguredSystem[]) {
  const rows: Omit<ListedEls, 'ids'>[] = await db.query(
    `select s.code, s.name, s.address,
            (select count(*)::int from onec_component.academic_course_bindings b where b.system = s.code) as bindings,
            (select count(*)::int from onec_component.binding_documents d
              where d.system = s.code or d.system is null and exists (
                    select from onec_component.binding_document_lines l where l.document = d.id and l.system = s.code)
            ) as documents,
            (select count(*)::int from onec_component.synchronization f where f.system = s.code) as synchronizations
       from onec_component.systems s order by length(s.code), s.code`,
  );
  const names = new Set(rows.map(({ name }) => name));
  return {
    els: rows.map((row) => ({ ...row, ids: idsOf(configured, row.name) })),
    unknown: configured.filter(({ els }) => !names.has(els)).map(({ id, els }) => ({ id, name: els })),
  };
}

const idsOf = (configured: readonly ConfiguredSystem[], name: string): string[] =>
  configured.filter(({ els }) => els === name).map(({ id }) => id);

/** Locked to the commit. */
async function readEls(db: EntityManager, code: string): Promise<Els> {
  const rows: Els[] = await db.query(
    'select code, name, address from onec_component.systems where code = $1 for update',
    [code],
  );
  if (!rows[0]) throw new Refusal('no-such', both('Такой ЭОС нет', 'There is no such ELS'));
  return rows[0];
}

async function refuseTaken(db: EntityManager, name: string, code: string | null): Promise<void> {
  await db.query('lock table onec_component.systems in share row exclusive mode');
  const taken: { code: string }[] = await db.query(
    'select code from onec_component.systems where name = $1 and code is distinct from $2',
    [name, code],
  );
  if (taken[0])
    throw new Refusal('faults', both(`Наименование «${name}» уже есть`, `The name "${name}" is there already`));
}

/** Gets the next code; that of a deleted one which came from 1C goes to no other. */
export async function createEls(db: EntityManager, { name, address }: Omit<Els, 'code'>): Promise<Els> {
  await refuseTaken(db, name, null);
  const rows: Els[] = await db.query(
    `insert into onec_component.systems (code, name, address)
     select (coalesce(max(code::bigint), 0) + 1)::text, $1, $2
       from (select code from onec_component.systems union select code from onec_component.systems_taken) known
      where code ~ '^[0-9]{1,9}$'
     returning code, name, address`,
    [name, address],
  );
  return rows[0]!;
}

/**
 * The web service knows a system by its name: another name asks first, for the configuration has to follow. `accept` is
 * the new name.
 */
export async function editEls(
  db: EntityManager,
  configured: readonly ConfiguredSystem[],
  { code, name, address, accept }: Els & { accept: string },
): Promise<Els> {
  await refuseTaken(db, name, code);
  const before = await readEls(db, code);
  const ids = idsOf(configured, before.name);
  if (name !== before.name && accept !== name)
    throw new Refusal('ask', renaming(before.name, name, ids), {
      ...{ from: before.name, to: name, accept: name },
      keys: ids.map((id) => `systems[id: ${id}].els`),
    });
  await db.query('update onec_component.systems set name = $2, address = $3 where code = $1', [code, name, address]);
  return { code, name, address };
}

const renaming = (from: string, to: string, ids: readonly string[]) =>
  ids.length === 0
    ? both(
        `Системы в настройках называют ЭОС по имени; «${from}» сейчас не называет ни одна`,
        `Systems in the configuration call an ELS by its name; none calls "${from}" now`,
      )
    : both(
        `После переименования в настройках системы ${ids.join(', ')} надо заменить ключ els: «${from}» на «${to}»; до этого синхронизация стоит`,
        `After the renaming the key els of the system ${ids.join(', ')} has to be changed from "${from}" to "${to}"; until then its synchronization stands still`,
      );

/** Nothing may refer to it. */
export async function deleteEls(db: EntityManager, code: string): Promise<void> {
  // Nobody posts for it meanwhile.
  await lockMovements(db);
  await readEls(db, code);
  const found: { bindings: number; documents: number; synchronizations: number; runs: number }[] = await db.query(
    `select (select count(*)::int from onec_component.academic_course_bindings where system = $1) as bindings,
            (select count(distinct document)::int from (
               select document from onec_component.binding_document_lines where system = $1
               union select id from onec_component.binding_documents where system = $1) of_documents) as documents,
            (select count(*)::int from onec_component.synchronization where system = $1) as synchronizations,
            (select count(*)::int from onec_component.empty_binding_runs where system = $1 and state = 'running') as runs`,
    [code],
  );
  const { bindings, documents, synchronizations, runs } = found[0]!;
  if (bindings + documents + synchronizations + runs > 0)
    throw new Refusal(
      'state',
      both(
        `На ЭОС ссылаются: документов ${documents}, записей привязок ${bindings}, записей синхронизации ${synchronizations}`,
        `The ELS is referred to: documents ${documents}, records of bindings ${bindings}, of synchronization ${synchronizations}`,
      ),
      { bindings, documents, synchronizations },
    );
  // What is left speaks of students for nobody.
  for (const table of ['offered', 'faults', 'fault_sequences', 'binding_changes', 'empty_binding_runs'])
    await db.query(`delete from onec_component.${table} where system = $1`, [code]);
  await db.query('delete from onec_component.systems where code = $1', [code]);
}
