import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { checkout } from '../servers/machine/places.mjs';
import { dashboards } from './dashboards.mjs';

export const folder = join(checkout, 'k8s/components/monitoring');

/** The alerts as the Prometheus operator takes them. */
const prometheusRule = () =>
  '# Written by `npm run monitoring` from alerts.yaml.\n' +
  stringify(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'integration-toolkit' },
      spec: parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')),
    },
    { lineWidth: 0 },
  );

/**
 * What is made from the alerts and from the dashboards' code: path within the component, and content.
 * @returns {Record<string, string>}
 */
export const madeFiles = () => ({
  'prometheus-rule.yaml': prometheusRule(),
  ...Object.fromEntries(
    Object.entries(dashboards()).map(([name, board]) => [`dashboards/${name}`, `${JSON.stringify(board, null, 2)}\n`]),
  ),
});
