import { sendStepsTo } from './steps.js';

/** OpenTelemetry's own variables: an endpoint switches traces on. */
const isWanted = ({
  OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  OTEL_SDK_DISABLED,
}: NodeJS.ProcessEnv) =>
  Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) && OTEL_SDK_DISABLED !== 'true';

/**
 * Sends the steps of this service to the collector that the environment names; loads nothing where none is named.
 * @returns what sends the last ones
 */
export async function startTracing(service: string, environment = process.env): Promise<() => Promise<void>> {
  if (!isWanted(environment)) return () => Promise.resolve();
  const { openTelemetry } = await import('./open-telemetry.js');
  const { begin, close } = openTelemetry(service);
  sendStepsTo(begin);
  return async () => {
    sendStepsTo(undefined);
    await close();
  };
}
