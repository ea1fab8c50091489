import { traceCollector, type CollectedSpan } from '../harness/collector.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';

let collector: Awaited<ReturnType<typeof traceCollector>>;
let university: RunningUniversity;

beforeAll(async () => {
  collector = await traceCollector();
  university = await runUniversity({
    ...{ students: 3, seed: 4, faulty: 0, courses: 4 },
    environmentOf: () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' }),
  });
  await university.start();
}, 180_000);
afterAll(async () => {
  await university.stop();
  await collector.close();
}, 60_000);

/** What a student's way looks like, from the question to 1C's answer. */
const way = [
  ['onec-poller', 'GetStudents'],
  ['user-provisioner', 'user-provisioner itk.student.changed.v1'],
  ['course-enroller', 'course-enroller itk.user.provisioned.v1'],
  ['success-reporter', 'success-reporter itk.student.synchronized.v1'],
  ['success-reporter', 'SetCronflag'],
];

function byTrace(): CollectedSpan[][] {
  const traces = new Map<string, CollectedSpan[]>();
  for (const span of collector.spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  return [...traces.values()];
}

it('one trace follows a student from GetStudents to SetCronflag, each step after the one before', async () => {
  const wholes = (): CollectedSpan[][] =>
    byTrace().filter((spans) =>
      way.every(([service, name]) => spans.some((span) => span.service === service && span.name === name)),
    );
  await until('a trace is whole', () => wholes().length > 0, 150_000);
  const [spans] = wholes();
  const steps = way.map(([, name]) => spans!.find((span) => span.name === name)!);
  expect(steps.map(({ parentSpanId }) => parentSpanId || undefined)).toEqual([
    undefined,
    ...steps.slice(0, -1).map(({ spanId }) => spanId),
  ]);
}, 180_000);

it('says nothing of the person', () => {
  const codes = university.onec.university.students.map(({ code }) => code);
  const all = JSON.stringify(collector.spans);
  for (const code of codes) expect(all).not.toContain(`"${code}"`);
  const keys = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
  expect([...keys].sort()).toEqual([
    'itk.attempt',
    'itk.system',
    'messaging.destination.name',
    'messaging.message.id',
    'messaging.system',
  ]);
});
