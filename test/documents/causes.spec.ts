import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const sources = ['libs', 'apps']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => path.endsWith('.ts') && !/\.(spec|proof)\.ts$|\/(testing|conformance)\//.test(path))
  .filter((path) => path !== 'libs/contracts/asyncapi/examples.ts');

/** How a cause is written: in an object, as a constant of its own, or first of all behind a kind or a maker of failures. */
const written = [
  /\bcause: '([a-z0-9-]+)'/g,
  /\bcheck: '([a-z]+(?:-[a-z0-9]+)+)'/g,
  /\b(?:brokerAway|databaseAway|databaseSetting|recordCheck) = '([a-z0-9-]+)'/g,
  /'(?:outage|configuration|temporary|student|course|contract|unexplained)',\s*'([a-z0-9]+-[a-z0-9-]+)'/g,
  /\b(?:outage|misconfigured|onTheWay|student|course|account)\(\s*(?:\w+,\s*)?'([a-z0-9]+-[a-z0-9-]+)'/g,
  /codeFound \? '([a-z0-9-]+)' : '[a-z0-9-]+'/g,
];

const causes = new Map<string, string>();
for (const path of sources) {
  const text = read(path);
  for (const how of written) for (const [, cause] of text.matchAll(how)) causes.set(cause!, path);
}

/** Both halves of what people read. */
const pages = ['moodle', '1c', 'odata', 'cli', 'proxy-and-certificates', 'accounts', 'enrolments'].map((name) =>
  read(`docs/${name}.md`).split(/^## In English$/m),
);
/** Of many fields there is one row for all. */
const ofAnyField = /-(empty|too-long|illegal|invalid)$/;

it('every cause and every check of the services stands in the documents, in both languages', () => {
  expect(causes.size).toBeGreaterThan(80);
  for (const language of [0, 1]) {
    const page = pages.map((halves) => halves[language] ?? '').join('\n');
    const missing = [...causes].filter(([cause]) => !ofAnyField.test(cause) && !page.includes(`\`${cause}\``));
    expect(missing).toEqual([]);
  }
});
