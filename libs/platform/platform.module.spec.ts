import { Injectable, Inject, Module, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Configuration } from './configuration/schema.js';
import { HealthSigns, type Sign } from './health/health-signs.js';
import { Counter, nameMetrics } from './metrics.js';
import { CONFIGURATION, health, platform } from './platform.module.js';

@Injectable()
class Consumer {
  constructor(@Inject(CONFIGURATION) readonly configuration: Configuration) {}
}
@Module({ providers: [Consumer] })
class AppModule {}

let app: INestApplication;
let healthApp: INestApplication;
let address: string;
const configuration = { systems: [] } as unknown as Configuration;

beforeAll(async () => {
  nameMetrics('course-enroller');
  const module = await Test.createTestingModule({ imports: [platform(configuration), AppModule] }).compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0);
  const beside = await Test.createTestingModule({ imports: [health(app.get(HealthSigns))] }).compile();
  healthApp = beside.createNestApplication({ logger: false });
  await healthApp.listen(0);
  address = await healthApp.getUrl();
});
afterAll(async () => {
  await healthApp.close();
  await app.close();
});

const sign = (name: string, check: () => Promise<Sign>): void => app.get(HealthSigns).set(name, check);
const ready = async (): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${address}/health/ready`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('the configuration is everywhere', () => {
  expect(app.get(Consumer).configuration).toBe(configuration);
});

test('what a service serves to others tells nothing of its health', async () => {
  for (const path of ['/health/live', '/health/ready', '/metrics'])
    expect((await fetch(`${await app.getUrl()}${path}`)).status).toBe(404);
});

test('ready while all is up; a paused consumer is ready and says so', async () => {
  sign('database', async () => 'up');
  sign('consumer lms', async () => 'paused');
  expect(await ready()).toMatchObject({
    status: 200,
    body: { status: 'ok', details: { database: { status: 'up' }, 'consumer lms': { status: 'up', state: 'paused' } } },
  });
});

test('what ails says so, and is ready', async () => {
  sign('mirror', async () => ({ ailing: 'last refreshed 500 s ago' }));
  expect(await ready()).toMatchObject({
    status: 200,
    body: { details: { mirror: { status: 'up', state: 'ailing', message: 'last refreshed 500 s ago' } } },
  });
});

test('not ready when one is down or fails, alive all the same; the message of an error is not shown', async () => {
  sign('broker', async () => ({ down: 'no connection' }));
  sign('database', () => Promise.reject(new TypeError('postgres://itk:geheim@db')));
  const { status, body } = await ready();
  expect(status).toBe(503);
  expect(body).toMatchObject({
    status: 'error',
    error: { broker: { status: 'down', message: 'no connection' }, database: { status: 'down', message: 'TypeError' } },
  });
  expect(JSON.stringify(body)).not.toContain('geheim');
  expect((await fetch(`${address}/health/live`)).status).toBe(200);
});

test('a check that never answers is down after three seconds', async () => {
  sign('database', async () => 'up');
  sign('broker', () => new Promise(() => undefined));
  const before = Date.now();
  expect((await ready()).body).toMatchObject({ error: { broker: { message: 'no answer within 3000 ms' } } });
  expect(Date.now() - before).toBeLessThan(6_000);
  sign('broker', async () => 'up');
});

test('/metrics: our own and those of the process, with the name of the service', async () => {
  new Counter({ name: 'itk_things_total', help: 'Things', labelNames: ['queue'] }).inc({ queue: 'q' }, 3);
  const response = await fetch(`${address}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  expect(text).toContain('itk_things_total{queue="q",service="course-enroller"} 3');
  expect(text).toMatch(/process_resident_memory_bytes\{service="course-enroller"\} \d+/);
});
