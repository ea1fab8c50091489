import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import type { components } from '../api/schema.js';
import { clocks, oneOf, present, text, type Raw } from '../parts/table/search.js';
import { momentOf } from '../parts/time/moment.js';

export type Event = components['schemas']['JournalEntry'];

/** By the names that the pages have for them. */
export const eventTypes = {
  changed: 'itk.student.changed.v1',
  binding: 'itk.binding.changed.v1',
  provisioned: 'itk.user.provisioned.v1',
  due: 'itk.enrolment.due.v1',
  missing: 'itk.account.missing.v1',
  synchronized: 'itk.student.synchronized.v1',
  failed: 'itk.synchronization.failed.v1',
  reported: 'itk.student.reported.v1',
} as const;
export type EventName = keyof typeof eventTypes;
export const eventNames = Object.keys(eventTypes) as EventName[];

/** What stands in the address; times by the university's clocks. */
export interface JournalSearch {
  system?: string | undefined;
  event?: EventName | undefined;
  code?: string | undefined;
  since?: string | undefined;
  before?: string | undefined;
  after?: string | undefined;
}

export const readJournalSearch = (raw: Raw): JournalSearch =>
  present({
    system: text(raw, 'system'),
    event: oneOf(raw, 'event', eventNames),
    code: text(raw, 'code'),
    since: clocks(raw, 'since'),
    before: clocks(raw, 'before'),
    after: typeof raw.after === 'string' ? raw.after : undefined,
  });

export const journalQuery = ({ system, event, code, since, before, after }: JournalSearch, zone: string | undefined) =>
  queryOptions({
    queryKey: ['students', 'journal', { system, event, code, since, before, after, zone }],
    queryFn: () => {
      const moment = (given: string | undefined) => given && momentOf(given, zone)?.toISOString();
      const asked = present({
        ...{ system, after, subject: code, since: moment(since), before: moment(before) },
        ...{ type: event && eventTypes[event], limit: 100 },
      });
      return ask(api.GET('/api/journal', { params: { query: asked } }));
    },
    placeholderData: keepPreviousData,
  });
