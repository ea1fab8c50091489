import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSandboxMoodle } from './server.js';
import { measuredCost } from './switches/switches.js';

const usage = `sandbox:moodle -- [--port P] [--host H] [--token T | --token-file F] [--courses N] [--latency MS] [--cost] [--workers N] [--wwwroot URL] [--input-vars N]`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string', default: 'sandbox' },
    'token-file': { type: 'string' },
    courses: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    cost: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(measuredCost.workers) },
    wwwroot: { type: 'string' },
    'input-vars': { type: 'string', default: '1000' },
  },
});

const whole = (name: 'port' | 'courses' | 'latency' | 'workers' | 'input-vars'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name}: a whole number is wanted, not ${values[name]}. ${usage}`);
  process.exit(2);
};

const file = values['token-file'];
const sandbox = await createSandboxMoodle({
  port: whole('port'),
  host: values.host,
  token: file === undefined ? values.token : readFileSync(file, 'utf8').trim(),
  courses: whole('courses'),
  switches: {
    latencyMs: whole('latency'),
    maxInputVars: whole('input-vars'),
    wwwroot: values.wwwroot ?? null,
    cost: values.cost ? { ...measuredCost, workers: Math.max(1, whole('workers')) } : null,
  },
});
console.log(`Moodle sandbox: ${sandbox.url} (token ${sandbox.token})`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
