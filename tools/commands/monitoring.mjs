/** `npm run monitoring`: writes what Prometheus and Grafana take from the alerts and from the dashboards' code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, madeFiles } from '../monitoring/files.mjs';
import { say } from '../texts.mjs';

for (const [name, text] of Object.entries(madeFiles())) {
  writeFileSync(join(folder, name), text);
  say({ ru: `Записано: k8s/components/monitoring/${name}`, en: `Written: k8s/components/monitoring/${name}` });
}
