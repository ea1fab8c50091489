import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrandOf } from '#persistence';
import type { Configuration } from '#platform';
import { deliverToFile, filePerson } from '../testing/file.js';
import { enrollerSetup, system } from '../testing/setup.js';
import { fileErrands } from './errands.js';
import { FileWriters } from './writing/file-writers.js';

const setup = enrollerSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-ims-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

const imsFile = {
  url: 'https://lms',
  file: join(folder, 'enrol.xml'),
  roles: { student: '01' },
  zone: 'Europe/Moscow',
};
const { systems } = { systems: [{ id: system, imsFile }, { id: 'calls' }] } as unknown as Configuration;
const exporting = (of: string, name: string) => {
  const writers = new FileWriters({ systems } as Configuration, setup.dataSource);
  return fileErrands(systems, writers)['export-file']!({ system: of, payload: { name } } as unknown as ErrandOf);
};

it('the present state is laid beside the file, which stays as it is', async () => {
  writeFileSync(imsFile.file, 'as it was');
  await deliverToFile(setup, imsFile, [filePerson('1', { courses: [2, 3] })]);
  expect(await exporting(system, '0a1b.export')).toMatchObject({ persons: 1, memberships: 2, unmapped: [] });
  expect(readFileSync(join(folder, '.0a1b.export'), 'utf8')).toContain('<id>1</id>');
  expect(readFileSync(imsFile.file, 'utf8')).toBe('as it was');
  expect(readdirSync(folder).sort()).toEqual(['.0a1b.export', 'enrol.xml']);
});

it.each(['../../etc/x.export', 'enrol.xml', '.export', ''])(
  'the name %j, which could be another file, is refused',
  (name) => expect(async () => exporting(system, name)).rejects.toThrow(),
);

it('of a system that takes no file it is said', () =>
  expect(async () => exporting('calls', '0a.export')).rejects.toMatchObject({
    failure: { cause: 'ims-file-not-configured' },
  }));
