import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { both, eventTypes, type CloudEvent } from '#contracts';
import { fingerprint } from '../failures/store/fingerprint.js';
import { readEntry } from '../journal/entry.js';
import { Journal } from '../journal/journal.js';
import { FailureRow } from '../ledger/entities/failures.js';
import { event, studentChanged } from './console-setup.js';

/** A failure as the drain would have stored it: a student whose course is not there. */
export function failure(more: Partial<FailureRow> = {}): FailureRow {
  const { system = 'lms', code = '000010203', about = '23' } = more;
  const time = new Date();
  const cause = { service: 'course-enroller', kind: 'course' as const, cause: 'course-missing', about };
  const body = event(eventTypes.StudentChanged, studentChanged(system, code ?? '1', 50));
  return Object.assign(new FailureRow(), {
    id: `${randomUUID()}/course-enroller.${system}`,
    ...{ system, code, subject: code, ...cause, queue: `course-enroller.${system}` },
    message: { messageId: body.id, type: body.type, contentType: 'application/cloudevents+json' },
    body: Buffer.from(JSON.stringify(body)),
    ...{ headers: {}, eventType: body.type, revision: 50, origin: 'onec' as const, traceId: null },
    reason: both(`В Moodle нет курса ${about}`, `There is no course ${about} in Moodle`),
    cure: both('Создайте курс и повторите', 'Make the course, then replay'),
    causes: [],
    fingerprint: fingerprint({ system, ...cause }),
    attempts: [{ at: time.toISOString(), ...cause, ru: `нет курса ${about}`, en: `no course ${about}` }],
    ...{ deaths: ['x'], firstSeen: time, lastSeen: time, state: 'open' as const, closedBy: null, closedAt: null },
    ...{ replay: null, toldOn: 'no' as const, askedAt: null, notes: [] },
    ...more,
  });
}

export async function sow(dataSource: DataSource, ...rows: FailureRow[]): Promise<FailureRow[]> {
  await dataSource.getRepository(FailureRow).insert(rows as never);
  return rows;
}

/** As the journal takes what services have published. */
export async function journal(dataSource: DataSource, system: string, ...events: CloudEvent[]): Promise<void> {
  await new Journal(dataSource).store(
    events.map((each) => ({ system, entry: readEntry(each, system, false, Date.now())! })),
  );
}
