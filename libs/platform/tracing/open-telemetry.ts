import { SpanKind, SpanStatusCode, TraceFlags, trace, ROOT_CONTEXT, type SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { log } from '../logging/log.js';
import type { Step, StepOptions } from './steps.js';

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER };

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function contextOf(parent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = pattern.exec(parent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
}

const written = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;

/** Endpoint, headers, sampler and the rest come from OpenTelemetry's variables (OTEL_...), as its SDK reads them. */
export function openTelemetry(service: string): { begin(options: StepOptions): Step; close(): Promise<void> } {
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.name': service, 'service.namespace': 'itk' }),
  );
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('integration-toolkit');
  return {
    begin({ name, kind, parent, attributes, since }) {
      const before = contextOf(parent);
      const around = before ? trace.setSpanContext(ROOT_CONTEXT, before) : ROOT_CONTEXT;
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], ...(attributes && { attributes }), ...(since && { startTime: since }) },
        around,
      );
      return {
        traceparent: written(span.spanContext()),
        end(failure) {
          if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
          span.end();
        },
      };
    },
    // a collector that is away holds up no end of a service
    close: () =>
      provider.shutdown().catch((error: unknown) => log('Tracing').warn('the last steps were not sent', { error })),
  };
}
