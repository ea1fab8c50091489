import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#persistence/testing';
import { createSandboxOneC, type SandboxOneC } from '../../../../sandbox/onec/server.js';
import { HttpSetup } from '../../testing/http-setup.js';

const mappingFile = new URL('../../../../config/mappings/iasu.yaml', import.meta.url).pathname;
const setup = new HttpSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-mapping-'));
const passwordFile = join(folder, 'password');
let sandbox: SandboxOneC;
beforeAll(async () => {
  writeFileSync(passwordFile, 'x');
  sandbox = await createSandboxOneC({ students: 30, seed: 5, faulty: 0 });
  const odata = { url: sandbox.odata.iasu.url, user: 'itk', passwordFile, mappingFile };
  await setup.open({ component: { mirror: { odata }, zone: 'Europe/Moscow' } });
}, 60_000);
afterAll(async () => {
  await setup.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true });
});

test('a look that somebody asks for stays: what is missing, rows and examples', async () => {
  const boss = await setup.as('ELSAdministrator');
  expect((await boss.get('/api/mapping')).body).toEqual({
    ...{ mappingFile, by: null, begunAt: null, endedAt: null, findings: [], sections: [] },
  });
  sandbox.switches.odata.absent = ['Catalog_Кафедры'];
  expect((await boss.post('/api/mapping/examination')).body).toEqual({ begun: true });
  const { body } = await eventually(async () => {
    const answer = await boss.get('/api/mapping');
    expect(answer.body.endedAt).not.toBeNull();
    return answer;
  }, 20_000);
  expect(body).toMatchObject({ by: boss.login, mappingFile });
  const [missing] = body.findings as { check: string; severity: string; mend: { en: string } }[];
  expect(missing).toMatchObject({ check: 'odata Catalog_Кафедры', severity: 'error' });
  const students = (body.sections as { section: string }[]).find(({ section }) => section === 'students');
  expect(students).toMatchObject({ set: 'Catalog_Студенты', rows: 30, fields: ['code', 'individual'] });
  expect((students as unknown as { examples: string[][] }).examples).toHaveLength(10);
  expect((body.findings as { severity: string }[]).some(({ severity }) => severity === 'ok')).toBe(false);
  // no system's doctor, and nothing for its list
  expect((await boss.get('/api/examinations')).body.examinations).toEqual([]);
  const limited = await setup.as('administrator', ['lms']);
  expect((await limited.get('/api/mapping')).status).toBe(403);
}, 40_000);
