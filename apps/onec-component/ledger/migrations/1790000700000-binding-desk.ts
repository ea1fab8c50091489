import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the document needs to be worked with by people: number by year, header, version, mark, what a line has shown. */
export class BindingDesk1790000700000 implements MigrationInterface {
  name = 'BindingDesk1790000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      alter table binding_documents
        add column year int,
        add column system text,
        add column comment text not null default '',
        add column date_by_hand boolean not null default false,
        add column marked boolean not null default false,
        add column version int not null default 1,
        add column display text,
        add column written_by text not null default '',
        add column written_at timestamptz not null default now(),
        add column posted_at timestamptz;
      update binding_documents d
         set year = extract(year from d.date)::int, date_by_hand = true, posted_at = now(),
             system = (select case when count(distinct line.system) = 1 then min(line.system) end
                         from binding_document_lines line where line.document = d.id);
      alter table binding_documents alter column year set not null;
      drop index binding_documents_number;
      create unique index binding_documents_number on binding_documents (year, number);
      create index binding_documents_date on binding_documents (date);
      alter table binding_document_lines add column shown_course int, add column shown_period timestamp(0);
      create table binding_document_numbers (year int primary key, last int not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      drop table binding_document_numbers;
      alter table binding_document_lines drop column shown_course, drop column shown_period;
      drop index binding_documents_date;
      drop index binding_documents_number;
      create unique index binding_documents_number on binding_documents (number);
      alter table binding_documents
        drop column year, drop column system, drop column comment, drop column date_by_hand, drop column marked,
        drop column version, drop column display, drop column written_by, drop column written_at, drop column posted_at`);
  }
}
