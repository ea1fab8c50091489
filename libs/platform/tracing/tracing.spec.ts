import { traceCollector } from '../../../test/harness/collector.js';
import { beginStep } from './steps.js';
import { startTracing } from './tracing.js';

it('nothing is begun while no collector is named, or the SDK is switched off', async () => {
  for (const environment of [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: 'true' }]) {
    const end = await startTracing('user-provisioner', environment);
    expect(beginStep({ name: 'x', kind: 'client' })).toBeUndefined();
    await end();
  }
});

describe('with a collector', () => {
  let collector: Awaited<ReturnType<typeof traceCollector>>;
  beforeAll(async () => {
    collector = await traceCollector();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  });
  afterAll(async () => {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await collector.close();
  });

  it('a step belongs to the one before, says its failure, and the last are sent at the end', async () => {
    const end = await startTracing('user-provisioner');
    const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const step = beginStep({ name: 'x', kind: 'client', parent, attributes: { 'itk.system': 'lms' } })!;
    expect(step.traceparent).toMatch(/^00-a{32}-(?!b{16})[0-9a-f]{16}-01$/);
    step.end('outage');
    await end();
    expect(collector.spans).toMatchObject([
      {
        ...{ service: 'user-provisioner', name: 'x', traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) },
        attributes: { 'itk.system': 'lms' },
        status: { code: 2, message: 'outage' },
      },
    ]);
    expect(beginStep({ name: 'y', kind: 'client' })).toBeUndefined();
  }, 60_000);

  it('what is not to be sampled stays so, and an unreadable parent begins a trace', async () => {
    const end = await startTracing('user-provisioner');
    const unsampled = beginStep({ name: 'x', kind: 'client', parent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00` })!;
    expect(unsampled.traceparent).toMatch(/^00-c{32}-[0-9a-f]{16}-00$/);
    expect(beginStep({ name: 'x', kind: 'client', parent: 'junk' })!.traceparent).toMatch(
      /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/,
    );
    await end();
  }, 60_000);
});
