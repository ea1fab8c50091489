import type { DataSource } from 'typeorm';
import type { Note } from '../failure.js';
import { conditionOf, type Selection } from './selection.js';

const noteOf = (by: string, text: string): string =>
  JSON.stringify([{ at: new Date().toISOString(), by, text } satisfies Note]);

/** Puts open failures aside: they are counted no more, and are kept as long as closed ones. @returns how many */
export async function archive(dataSource: DataSource, selection: Selection, by: string, why: string): Promise<number> {
  const parameters: unknown[] = [noteOf(by, why)];
  const condition = conditionOf({ ...selection, states: ['open', 'superseded'] }, parameters);
  const [, number] = (await dataSource.query(
    `update console.failures f set state = 'archived', closed_at = now(), notes = f.notes || $1::jsonb where ${condition}`,
    parameters,
  )) as [unknown, number];
  return number;
}

/** Takes archived failures back. @returns how many */
export async function restore(dataSource: DataSource, selection: Selection, by: string): Promise<number> {
  const parameters: unknown[] = [noteOf(by, 'restored')];
  const condition = conditionOf({ ...selection, states: ['archived'] }, parameters);
  const [, number] = (await dataSource.query(
    `update console.failures f set state = 'open', closed_at = null, notes = f.notes || $1::jsonb where ${condition}`,
    parameters,
  )) as [unknown, number];
  return number;
}

/** @returns how many failures have the note now */
export async function annotate(
  dataSource: DataSource,
  selection: Selection,
  by: string,
  text: string,
): Promise<number> {
  const parameters: unknown[] = [noteOf(by, text)];
  const [, number] = (await dataSource.query(
    `update console.failures f set notes = f.notes || $1::jsonb where ${conditionOf(selection, parameters)}`,
    parameters,
  )) as [unknown, number];
  return number;
}
