import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Trouble, TroubleBook } from '#persistence';
import { eventually } from '#persistence/testing';
import { HealthSigns, register, type Configuration } from '#platform';
import { alarmStands } from '#platform/testing';
import { openRegisters, type Registers } from '../testing/registers.js';
import { MirrorAge } from './age.js';
import { Mirror } from './mirror.js';
import { UniversityError } from './university.js';

let registers: Registers;
const signs = new HealthSigns();
let mirror: Mirror;
let age: MirrorAge;
beforeAll(async () => {
  registers = await openRegisters();
  const { dataSource, clock, university } = registers;
  const troubles = new TroubleBook(dataSource);
  const configuration = { onecComponent: { mirror: { refresh: 'PT1M' } } } as Configuration;
  mirror = new Mirror(dataSource, clock, university, configuration, signs, troubles);
  age = new MirrorAge(dataSource, troubles, 60_000);
});
afterAll(() => registers.close());

const refreshedBefore = (seconds: number) =>
  registers.dataSource.query(
    `update onec_component.mirror_state set refreshed_at = now() - $1::int * interval '1 second'`,
    [seconds],
  );
const troubles = () => registers.dataSource.getRepository(Trouble).find();

test('a mirror older than three intervals is told: readiness, trouble, alarm, metric; a younger one is not', async () => {
  await mirror.refresh();
  await mirror.onApplicationBootstrap();
  await mirror.beforeApplicationShutdown();
  await refreshedBefore(170);
  age.refreshed(new UniversityError('http://1c/snapshot: HTTP 503'));
  await age.tell();
  expect(await signs.read()).toEqual([{ name: 'mirror', sign: 'up' }]);
  expect(await troubles()).toEqual([]);
  expect(alarmStands('mirror-out-of-date', '')).toBe(false);

  await refreshedBefore(190);
  await age.tell();
  expect(await signs.read()).toEqual([
    { name: 'mirror', sign: { ailing: expect.stringMatching(/last refreshed 19\d s ago/) } },
  ]);
  const [trouble] = await troubles();
  expect(trouble).toMatchObject({ service: 'onec-component', system: '', check: 'mirror-age' });
  expect(trouble!.what.en).toMatch(/has missed three refreshes: http:\/\/1c\/snapshot: HTTP 503/);
  expect(alarmStands('mirror-out-of-date', '')).toBe(true);
  const { values } = await register.getSingleMetric('itk_mirror_refreshed_timestamp_seconds')!.get();
  expect(Date.now() / 1000 - values[0]!.value).toBeGreaterThan(185);

  await mirror.refresh();
  await age.tell();
  expect(await signs.read()).toEqual([{ name: 'mirror', sign: 'up' }]);
  expect(await troubles()).toEqual([]);
  expect(alarmStands('mirror-out-of-date', '')).toBe(false);
});

test('a source that stays broken is told by the service itself, and that it is mended', async () => {
  const { dataSource, clock, university } = registers;
  const broken = Object.assign(Object.create(university) as typeof university, {
    fingerprint: () => Promise.reject(new UniversityError('http://1c/snapshot: the snapshot is no JSON')),
  });
  const configuration = { onecComponent: { mirror: { refresh: 'PT0.1S' } } } as Configuration;
  const book = new TroubleBook(dataSource);
  const failing = new Mirror(dataSource, clock, broken, configuration, new HealthSigns(), book);
  await failing.onApplicationBootstrap();
  try {
    await eventually(async () => expect((await troubles())[0]?.what.en).toMatch(/missed three refreshes.*no JSON/));
  } finally {
    await failing.beforeApplicationShutdown();
  }
  const mended = new Mirror(dataSource, clock, university, configuration, new HealthSigns(), book);
  await mended.onApplicationBootstrap();
  try {
    await eventually(async () => expect(await troubles()).toEqual([]));
  } finally {
    await mended.beforeApplicationShutdown();
  }
});
