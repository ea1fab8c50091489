import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';

/** @param {string} path */
const read = (path) => readFileSync(join(checkout, path), 'utf8');
/** @param {string} list */
const namesIn = (list) => [...list.matchAll(/(?:^|,)\s*(?:type\s+)?(\w+)/g)].map(([, name]) => name);

/** Names that somebody imports by each door: `#messaging` -> Set { 'Broker', ... }. */
function imported() {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  const doors = new Map();
  for (const file of files.trim().split('\n')) {
    let text;
    try {
      text = read(file);
    } catch {
      continue; // removed, and not yet committed
    }
    for (const [, list = '', door = ''] of text.matchAll(/^import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(#[a-z/-]+)'/gm))
      doors.set(door, new Set([...(doors.get(door) ?? []), ...namesIn(list)]));
  }
  return doors;
}

test('no door of a library exports more than others use', () => {
  const doors = imported();
  const unused = readdirSync(join(checkout, 'libs')).flatMap((library) =>
    [...read(`libs/${library}/index.ts`).matchAll(/^export\s+(?:type\s+)?\{([^}]*)\}/gm)]
      .flatMap(([, list = '']) => namesIn(list))
      .filter((name) => !doors.get(`#${library}`)?.has(name))
      .map((name) => `#${library}: ${name}`),
  );
  expect(unused).toEqual([]);
});
