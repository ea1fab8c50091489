import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SandboxMoodle } from '../../sandbox/moodle/server.js';
import type { SandboxOneC } from '../../sandbox/onec/server.js';
import { root } from './compose-folder.js';

/** The desk as the document has it, but for addresses of this machine. */
function deskOfDocument(port: number): { component: object; console: object } {
  const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const written = parse(/```yaml\n(# config\/itk\.yaml\n[^]*?)```/.exec(text)![1]!) as {
    onecComponent: { desk: { host: string; keysFile: string } };
    console: { desk: { url: string; keyFile: string } };
  };
  expect(written).toMatchObject({ onecComponent: { desk: { host: '0.0.0.0' } }, console: { desk: {} } });
  expect(written.console.desk.url).toBe('http://onec-component:8091');
  return {
    component: { ...written.onecComponent.desk, host: '127.0.0.1', port },
    console: { ...written.console.desk, url: `http://127.0.0.1:${port}` },
  };
}

/** Of the composed services, where Moodle and 1C are sandboxes. */
export function configurationFor(moodle: SandboxMoodle, onec: SandboxOneC, deskPort: number): string {
  const desk = deskOfDocument(deskPort);
  return JSON.stringify({
    systems: [
      {
        id: `compose-${process.pid}`,
        els: 'LMS',
        synchronizer: {
          url: 'http://127.0.0.1:9/ws/ITK_Synchronizer.1cws',
          user: 'toolkit',
          passwordFile: 'secrets/systems/1c',
          zone: 'Europe/Moscow',
        },
        moodle: { url: moodle.url, tokenFile: 'secrets/systems/moodle' },
      },
    ],
    onecComponent: {
      ...{ mirror: { url: `${onec.url}/snapshot` }, zone: 'Europe/Moscow', accounts: [] },
      desk: desk.component,
    },
    console: { desk: desk.console },
  });
}
