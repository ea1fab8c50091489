import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The least that a configuration says. */
export const leastConfiguration = `
systems:
  - id: lms
    els: LMS
    synchronizer:
      url: https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws
      user: itk
      passwordFile: secrets/1c
      zone: Europe/Moscow
    moodle:
      url: https://lms.example.edu/
      tokenFile: /run/secrets/token
`;

/** A folder with the file itk.yaml in it. */
export function configurationFolder(text: string): { folder: string; file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'itk-configuration-'));
  const file = join(folder, 'itk.yaml');
  writeFileSync(file, text);
  return { folder, file, remove: () => rmSync(folder, { recursive: true }) };
}
