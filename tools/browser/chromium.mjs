import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withLock } from '../servers/machine/lock.mjs';
import { cacheDirectory, checkout } from '../servers/machine/places.mjs';
import { run } from '../servers/machine/processes.mjs';
import { Obstacle, say } from '../texts.mjs';

/**
 * A Chromium for tests that needs neither root nor a package of the system: npm's, unpacked once per user with its own
 * libraries and fonts. Beside them it takes nothing but the C library that Node itself runs on.
 */
const require = createRequire(import.meta.url);
/** The package does not let its package.json be asked for. */
const chromiumPackage = join(dirname(require.resolve('@sparticuz/chromium')), '../..');
const fontPackage = dirname(require.resolve('dejavu-fonts-ttf/package.json'));
const versionOf = (/** @type {string} */ folder) => require(join(folder, 'package.json')).version;

/** Where a browser of the system may be; npm's is for Linux on x64 alone. */
const ofTheSystem = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The package unpacks into the folder for temporary files, which all users share: it is given one of its own. Its
 * libraries come along only where it believes to be on Amazon's servers.
 * @param {string} folder
 */
async function unpack(folder) {
  const program = `import chromium from '@sparticuz/chromium';
    chromium.setGraphicsMode = false;
    await chromium.executablePath();`;
  await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: checkout,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
}

/** Open Sans comes with the package; it has no letters of one width. Without any font Chromium draws nothing at all. */
const monospaced = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'];

const escaped = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** @param {string} folder */
export function fontSettings(folder) {
  const preferring = (/** @type {string} */ family, /** @type {string} */ preferred) =>
    `  <alias binding="strong"><family>${family}</family><prefer><family>${preferred}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${escaped(join(folder, 'fonts'))}</dir>`,
    `  <cachedir>${escaped(join(folder, 'font-cache'))}</cachedir>`,
    preferring('sans-serif', 'Open Sans'),
    preferring('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n');
}

async function unpackedChromium() {
  const name = `chromium-${versionOf(chromiumPackage)}-${versionOf(fontPackage)}`;
  const final = join(cacheDirectory(), name);
  const ready = {
    executablePath: join(final, 'chromium'),
    env: { LD_LIBRARY_PATH: join(final, 'al2023/lib'), FONTCONFIG_FILE: join(final, 'fonts.conf') },
  };
  if (existsSync(final)) return ready;
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({ ru: 'Распаковываю браузер для проверки страниц…', en: 'Unpacking the browser that looks at the pages…' });
    const half = `${final}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    try {
      mkdirSync(half, { recursive: true });
      await unpack(half);
      for (const font of monospaced) copyFileSync(join(fontPackage, 'ttf', font), join(half, 'fonts', font));
      writeFileSync(join(half, 'fonts.conf'), fontSettings(final));
      renameSync(half, final);
    } finally {
      rmSync(half, { recursive: true, force: true });
    }
  });
  return ready;
}

/**
 * The browser that tests and pictures use: that of ITK_BROWSER, else npm's, else the system's. Unpacked when it is not
 * there yet; an Obstacle where there is none.
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>} env: where its libraries and fonts are
 */
export async function findBrowser(environment = process.env) {
  const named = environment.ITK_BROWSER;
  if (named) return { executablePath: named, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedChromium();
  const executablePath = ofTheSystem.find((path) => existsSync(path));
  if (executablePath) return { executablePath, env: {} };
  throw new Obstacle({
    ru: 'Для проверки страниц нужен Chromium: установите его или назовите путь в ITK_BROWSER.',
    en: 'Looking at the pages takes a Chromium: install one, or name its path in ITK_BROWSER.',
  });
}

/** Chromium's own sandbox does not start as root, and elsewhere a kernel may forbid it: it sees our pages alone. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];
