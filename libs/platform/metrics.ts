import { collectDefaultMetrics, Counter, Gauge, register } from 'prom-client';

/** Metrics made with these are shown at /metrics. No personal data in labels. */
export { Counter, Gauge, register };

/** Every sample carries the service's name; process and event loop metrics are added. Call once, at start. */
export function nameMetrics(service: string): void {
  register.setDefaultLabels({ service });
  collectDefaultMetrics();
}
