import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentForCommandLine, leaveForCommandLine } from './command-line.mjs';
import { instanceDirectory } from '../../servers/machine/places.mjs';
import { recordOf } from '../../servers/machine/processes.mjs';

const running = { DATABASE_URL: 'postgres://a', AMQP_URL: 'amqp://b', ITK_CONFIG: '/c', ITK_SECRET_KEY_FILE: '/d' };
const own = { ...running, ITK_CONFIG: "/it's mine/itk.yaml", DATABASE_URL: 'postgres://own' };

test('an instance of whatever configuration is found while it runs, and only its owner may read where', () => {
  const name = `start-${process.pid}`;
  const directory = instanceDirectory(name);
  const config = join(directory, 'itk.yaml');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(join(directory, 'instance.json'), '{}');
    leaveForCommandLine(directory, { ...running, ITK_CONFIG: config, HOME: '/other', TOKEN: 'secret' });
    expect(statSync(join(directory, 'environment.json')).mode & 0o077).toBe(0);
    expect(environmentForCommandLine({ ITK_CONFIG: config })).toEqual({ ITK_CONFIG: config });
    writeFileSync(`${directory}.lock`, JSON.stringify(recordOf(process.pid)));
    expect(environmentForCommandLine({ ITK_CONFIG: config })).toEqual({ ...running, ITK_CONFIG: config });
  } finally {
    for (const place of [directory, `${directory}.lock`]) rmSync(place, { recursive: true, force: true });
  }
});

test('the one that runs, with what the environment holds beside', () => {
  expect(environmentForCommandLine({ HOME: '/h' }, [])).toEqual({ HOME: '/h' });
  expect(environmentForCommandLine({ HOME: '/h' }, [own])).toEqual({ HOME: '/h', ...own });
});

test('not when somebody means another', () => {
  expect(environmentForCommandLine({ ITK_CONFIG: '/other' }, [running])).toEqual({ ITK_CONFIG: '/other' });
  expect(environmentForCommandLine({ AMQP_URL: 'amqp://x' }, [running])).toEqual({ AMQP_URL: 'amqp://x' });
});

test('of several the one that is named by its configuration; none named, they are listed', () => {
  expect(environmentForCommandLine({ ITK_CONFIG: '/c' }, [own, running])).toEqual(running);
  expect(() => environmentForCommandLine({}, [own, running])).toThrow(
    "ITK_CONFIG='/it'\\''s mine/itk.yaml' npm run itk",
  );
});
