import { InvalidArgumentError, Option, type Command } from 'commander';
import type { DataSource } from 'typeorm';
import { both, failureKinds, type Bilingual, type FailureKind } from '#contracts';
import { findFailures } from '../failures/desk/overview.js';
import type { Selection } from '../failures/desk/selection.js';
import { exitCodes } from './exit-codes.js';
import type { Language } from './language.js';
import { CommandError } from './output/told.js';

export interface FilterOptions {
  system?: string;
  service?: string;
  kind?: FailureKind;
  cause?: string;
  about?: string;
  code?: string;
  group?: string;
  since?: string;
  before?: string;
  text?: string;
  all?: boolean;
}

const moment = (text: string): string => {
  const ago = /^(\d+)([mhd])$/.exec(text);
  const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
  const at = ago ? Date.now() - Number(ago[1]) * units[ago[2] as keyof typeof units] : Date.parse(text);
  if (!Number.isFinite(at)) throw new InvalidArgumentError('2026-03-01, 2026-03-01T10:00, 30m, 12h, 7d');
  return new Date(at).toISOString();
};

export const positive = (text: string): number => {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('> 0');
  return number;
};

/** The filters by which failures are chosen. */
export function withFilters(command: Command, language: Language): Command {
  const of = (ru: string, en: string): string => both(ru, en)[language];
  return command
    .option('--system <id>', of('только этой системы', 'of this system only'))
    .option('--service <name>', of('только этой службы', 'of this service only'))
    .addOption(new Option('--kind <kind>', of('только этого вида', 'of this kind only')).choices([...failureKinds]))
    .option('--cause <name>', of('только с этой причиной', 'of this cause only'))
    .option(
      '--about <what>',
      of('о чём причина: номер курса, право', 'what the cause is about: a course id, a capability'),
    )
    .option('--code <code>', of('только этого студента', 'of this student only'))
    .option('--group <id>', of('одной группы из failures groups', 'of one group of `failures groups`'))
    .option('--since <moment>', of('последний раз не раньше', 'last seen from then on'), moment)
    .option('--before <moment>', of('последний раз раньше', 'last seen before then'), moment)
    .option('--text <piece>', of('часть текста причины', 'a piece of the reason'));
}

export function selectionOf(options: FilterOptions): Selection {
  const { system, service, kind, cause, about, code, group, since, before, text } = options;
  const given = { system, service, kind, cause, about, code, group, since, before, text };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const choose: Bilingual = both(
  'Назовите сообщения, группу или фильтр; все открытые - с ключом --all',
  'Name messages, a group or a filter; for all that are open say --all',
);

/** For deeds: nothing is done to everything by leaving something out. Ids may be shortened. */
export async function chosenFor(
  dataSource: DataSource,
  ids: readonly string[],
  options: FilterOptions,
): Promise<Selection> {
  const selection = selectionOf(options);
  if (ids.length === 0 && Object.keys(selection).length === 0 && !options.all) throw new CommandError(choose);
  if (ids.length === 0) return selection;
  const full = await Promise.all(ids.map((id) => oneId(dataSource, id)));
  return { ...selection, ids: full };
}

/** @throws CommandError when no failure or several begin so */
export async function oneId(dataSource: DataSource, id: string): Promise<string> {
  const found = await findFailures(dataSource, id);
  if (found.length === 1) return found[0]!.id;
  if (found.length === 0)
    throw new CommandError(both(`Нет сообщения ${id}`, `There is no failure ${id}`), exitCodes.notFound);
  const list = found.map((row) => `\n  ${row.id}`).join('');
  throw new CommandError(both(`Так начинаются несколько:${list}`, `Several begin so:${list}`));
}
