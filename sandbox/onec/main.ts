import { parseArgs } from 'node:util';
import { createSandboxOneC } from './server.js';

const usage =
  'sandbox:onec -- [--port P] [--host H] [--students N] [--seed S] [--systems lms,...] [--courses N] [--curricula N] [--faulty PERCENT] [--zone Z] [--component URL]';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    host: { type: 'string', default: '127.0.0.1' },
    students: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    systems: { type: 'string', default: 'lms' },
    courses: { type: 'string', default: '40' },
    curricula: { type: 'string', default: '0' },
    faulty: { type: 'string', default: '2' },
    zone: { type: 'string', default: 'Europe/Moscow' },
    component: { type: 'string' },
  },
});

const whole = (name: 'port' | 'students' | 'seed' | 'courses' | 'curricula' | 'faulty'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name}: a whole number is wanted, not ${values[name]}. ${usage}`);
  process.exit(2);
};

const sandbox = await createSandboxOneC({
  port: whole('port'),
  host: values.host,
  students: whole('students'),
  seed: whole('seed'),
  systems: values.systems.split(',').map((name) => name.trim()),
  courses: whole('courses'),
  curricula: whole('curricula'),
  faulty: whole('faulty') / 100,
  zone: values.zone,
  ...(values.component !== undefined && { component: values.component }),
});
console.log(`1C sandbox: ${sandbox.url} (snapshot ${sandbox.url}/snapshot)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
