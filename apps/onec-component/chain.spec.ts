import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { schemaDrift } from '#persistence/testing';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';
import { clientOf, runComponent, type RunningComponent } from './testing/running-component.js';

let sandbox: SandboxOneC;
let component: RunningComponent;

beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 150, seed: 11, systems: ['LMS', 'СДО №2'], faulty: 0.1 });
  component = await runComponent(`${sandbox.url}/snapshot`);
  sandbox.component = component.url;
});
afterAll(async () => {
  await component.close();
  await sandbox.close();
});

const month = () => Math.floor(Date.now() / 1000) + 30 * 86_400;

test('page after page, everybody whom the paper selects comes once and nobody else', async () => {
  const client = clientOf(sandbox.webService);
  for (const els of ['LMS', 'СДО №2']) {
    const seen = new Map<string, unknown>();
    for (;;) {
      const page = await client.getStudents(els, 40);
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(40);
      for (const element of page) {
        expect(element.kind).not.toBe('broken');
        if (element.kind === 'student') {
          const { individual, lastname, firstname, middlename, group, semester, curriculum, courses } = element.student;
          seen.set(element.student.code, {
            kind: 'student',
            ...{ individual, lastname, firstname, middlename, group, semester, curriculum, courses },
          });
        } else if (element.kind === 'error') {
          seen.set(element.code as string, { kind: 'fault', fault: element.text.split(':')[0] });
        }
      }
      const codes = page.flatMap((one) => (one.kind === 'student' ? [one.student.code] : []));
      expect(
        await client.setCronflag(
          codes.map((code) => ({ code, period: month() })),
          els,
        ),
      ).toEqual([]);
    }
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(sandbox.expected(els)));
    expect(seen.size).toBeGreaterThan(100);
  }
});

test('entities and the migrated schema agree', async () => {
  expect(await schemaDrift(component.dataSource)).toEqual([]);
});
