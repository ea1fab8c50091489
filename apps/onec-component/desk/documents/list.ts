import type { EntityManager } from 'typeorm';
import type { NaiveDate } from '#synchronizer';
import { plain, within as containing } from '../like.js';
import { headColumns, type DocumentHead } from '../../documents/store.js';

export const documentStates = ['written', 'posted', 'marked'] as const;
export type DocumentState = (typeof documentStates)[number];

export interface DocumentsAsked {
  state?: DocumentState | undefined;
  system?: string | undefined;
  author?: string | undefined;
  /** A piece of the number, the comment or the author. */
  text?: string | undefined;
  since?: NaiveDate | undefined;
  until?: NaiveDate | undefined;
  curriculum?: string | undefined;
  page: number;
  size: number;
}

export interface ListedDocument extends DocumentHead {
  lines: number;
  /** Of these with Change. */
  changed: number;
}

/** SQL: of the ELS with these codes alone, or of none yet; all where there are no codes. As the guard opens one. */
const isWithin = (codes: string): string => `(${codes}::text[] is null
     or (d.system is null or d.system = any(${codes})) and not exists (
        select from onec_component.binding_document_lines line
         where line.document = d.id and line.system <> all(${codes})))`;

/** The newest first. @param within codes of the ELS that are shown; undefined: all */
export async function listDocuments(
  db: EntityManager,
  { state, system, author, text, since, until, curriculum, page, size }: DocumentsAsked,
  within?: readonly string[],
): Promise<{ documents: ListedDocument[]; total: number }> {
  const chosen = `
    from onec_component.binding_documents d
   where ($1::text is null or case when marked then 'marked' when posted then 'posted' else 'written' end = $1)
     and ($2::text is null or system = $2 or system is null and exists (
          select from onec_component.binding_document_lines line where line.document = d.id and line.system = $2))
     and ($3::text is null or author = $3)
     and ($4::text is null or ${plain(`concat_ws(' ', number, author, comment)`)} like $4)
     and ($5::timestamp is null or date >= $5) and ($6::timestamp is null or date <= $6)
     and ($7::text is null or exists (
          select from onec_component.binding_document_lines line where line.document = d.id and line.curriculum = $7))
     and ${isWithin('$8')}`;
  const given = [
    ...[state ?? null, system ?? null, author ?? null, text === undefined ? null : containing(text)],
    ...[since ?? null, until ?? null, curriculum ?? null, within ?? null],
  ];
  const totals: { total: number }[] = await db.query(`select count(*)::int as total ${chosen}`, given);
  const documents: ListedDocument[] = await db.query(
    `select page.*, counted.lines, counted.changed
       from (select ${headColumns}, date as moment ${chosen}
              order by d.date desc, d.year desc, d.number desc, d.id limit $9 offset $10) page
      cross join lateral (select count(*)::int as lines, (count(*) filter (where change))::int as changed
                            from onec_component.binding_document_lines where document = page.id) counted
      order by page.moment desc, page.number desc, page.id`,
    [...given, size, (page - 1) * size],
  );
  return { documents, total: totals[0]?.total ?? 0 };
}

/** Whose documents there are. @param within codes of the ELS that are shown; undefined: all */
export async function documentAuthors(db: EntityManager, within?: readonly string[]): Promise<string[]> {
  const rows: { author: string }[] = await db.query(
    `select distinct author from onec_component.binding_documents d
      where author <> '' and ${isWithin('$1')} order by author limit 500`,
    [within ?? null],
  );
  return rows.map(({ author }) => author);
}
