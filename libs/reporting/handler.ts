import type { CloudEvent, Told } from '#contracts';
import { answers, done, failureOf, outcomeOf, superseded, type Answers, type Delivery, type Outcome } from '#messaging';
import { beginStep, type FedBy1C } from '#platform';
import type { SynchronizerClient, SynchronizerClients } from '#synchronizer';
import type { Report, ReportResult } from './report.js';
import { reportedEvent } from './reported.js';
import type { ToldBook } from './told-book.js';

/** What an event asks of a reporter. */
export type ReportRequest<R extends Report = Report> =
  | { kind: 'tell'; report: R }
  /** 1C has set this flag itself: it is noted as told, so that no older outcome ends it, and the place is freed. */
  | { kind: 'note'; report: R }
  /** 1C is told nothing, but the place in the window must be freed. */
  | { kind: 'freePlace' }
  /** Of no concern. */
  | { kind: 'ignore' };

export interface ReportHandlerParts<R extends Report> {
  service: string;
  clients: Pick<SynchronizerClients, 'find'>;
  book: Pick<ToldBook, 'record'>;
  requestOf(event: CloudEvent): ReportRequest<R>;
  /** One result for each report, same order. Throws what speaks of 1C as a whole. */
  tell(system: FedBy1C, client: SynchronizerClient, reports: readonly R[]): Promise<ReportResult[]>;
}

/**
 * The handler of a reporter: has 1C told what the events ask for, and answers for each; the report that frees the
 * student's place in the window follows its message.
 */
export const reportHandler =
  <R extends Report>({ service, clients, book, requestOf, tell }: ReportHandlerParts<R>) =>
  async (deliveries: readonly Delivery[], id: string): Promise<Answers> => {
    const call = service === 'error-flagger' ? 'SetErrorCronflag' : 'SetCronflag';
    const onec = clients.find(id);
    // Files alone feed it: there is no 1C that could be told.
    if (!onec) return answers(deliveries, () => done());
    const { system, client } = onec;
    const requests = deliveries.map(({ event }) => requestOf(event));
    const reportsTo = (kind: 'tell' | 'note') =>
      requests.flatMap((request) => (request.kind === kind ? request.report : []));
    const [toTell, toNote] = [reportsTo('tell'), reportsTo('note')];
    if (toNote.length > 0) await client.run(() => book.record(id, toNote));
    const steps = deliveries.flatMap(({ traceparent }, index) =>
      requests[index]!.kind === 'tell' ? [beginStep({ name: call, kind: 'client', parent: traceparent })] : [],
    );
    const results =
      toTell.length === 0
        ? []
        : await tell(system, client, toTell).catch((error: unknown) => {
            for (const step of steps) step?.end(failureOf(error).cause);
            throw error;
          });
    steps.forEach((step, index) => {
      const result = results[index];
      step?.end(result?.state === 'refused' ? result.failure.cause : undefined);
    });
    const outcomes = outcomesOf(deliveries, requests, results, { system: id, service });
    return answers(deliveries, (_, index) => outcomes[index]!);
  };

/** What becomes of each message, same order. `results`: one for each report to tell, in order. */
export function outcomesOf(
  deliveries: readonly Pick<Delivery, 'event' | 'traceparent'>[],
  requests: readonly ReportRequest[],
  results: readonly ReportResult[],
  { system, service }: { system: string; service: string },
): Outcome[] {
  let next = 0;
  return requests.map(({ kind }, index) => {
    const doneWith = (sent: { told: Told; validUntil?: number }): Outcome => {
      const { event, traceparent } = deliveries[index]!;
      const { code, revision } = event.data as { code: string; revision: number };
      return done([reportedEvent({ system, code, revision }, sent, { service, traceparent })]);
    };
    if (kind === 'ignore') return done();
    if (kind !== 'tell') return doneWith({ told: 'nothing' });
    const result = results[next++]!;
    if (result.state === 'refused') return outcomeOf(result.failure);
    return result.state === 'superseded' ? superseded() : doneWith(result);
  });
}
