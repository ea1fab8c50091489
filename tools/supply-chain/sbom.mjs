/**
 * `npm run sbom`: what others have made and is shipped, as CycloneDX and as a list with licences, in .local/supply-chain;
 * then the registry's known holes in it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, local } from '../servers/machine/places.mjs';
import { isAllowed, shipped } from './shipped.mjs';
import { runCommand, say } from '../texts.mjs';

const folder = join(local, 'supply-chain');

/** npm's own document, with what is not shipped taken out. */
function document() {
  const all = new Set(shipped().map(({ name, version }) => `${name}@${version}`));
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const text = execFileSync('npm', args, { cwd: checkout, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const made = JSON.parse(text);
  const isShipped = (/** @type {string} */ ref) => all.has(ref) || ref === made.metadata.component['bom-ref'];
  // npm names it after the folder, and marks as optional what the pages are bundled with
  made.metadata.component.name = 'integration-toolkit';
  made.components = made.components
    .filter((/** @type {{ 'bom-ref': string }} */ one) => isShipped(one['bom-ref']))
    .map((/** @type {object} */ one) => ({ ...one, scope: 'required' }));
  made.dependencies = made.dependencies
    .filter((/** @type {{ ref: string }} */ { ref }) => isShipped(ref))
    .map((/** @type {{ ref: string, dependsOn?: string[] }} */ { ref, dependsOn = [] }) => ({
      ref,
      dependsOn: dependsOn.filter(isShipped),
    }));
  return made;
}

await runCommand(async () => {
  mkdirSync(folder, { recursive: true });
  const all = shipped();
  const made = document();
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(made, null, 2)}\n`);
  const rows = all.map(({ name, version, license, where }) => [name, version, license, where].join(','));
  writeFileSync(join(folder, 'licences.csv'), `${['name,version,licence,where', ...rows].join('\n')}\n`);
  const refused = all.filter(({ license }) => !isAllowed(license)).map(({ name }) => name);
  say({
    ru: `Поставляется пакетов: ${all.length}, в SBOM: ${made.components.length} (${folder}). Лицензии не из списка: ${refused.join(', ') || 'нет'}.`,
    en: `Packages shipped: ${all.length}, in the SBOM: ${made.components.length} (${folder}). Licences off the list: ${refused.join(', ') || 'none'}.`,
  });
  if (refused.length > 0) process.exitCode = 1;

  const audit = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: checkout, encoding: 'utf8' });
  const holes = JSON.parse(audit.stdout || '{}').metadata?.vulnerabilities;
  if (!holes)
    return say({
      ru: 'Реестр не отвечает на вопрос об уязвимостях (npm audit): проверьте там, где отвечает.',
      en: 'The registry does not answer about vulnerabilities (npm audit): ask where one does.',
    });
  say({ ru: `Известных уязвимостей: ${holes.total}.`, en: `Known vulnerabilities: ${holes.total}.` });
  if (holes.total > 0) process.exitCode = 1;
});
