import { standInsOf } from './stand-ins.mjs';

/** @import { Given } from './stand-ins.mjs' */

const system = (/** @type {string} */ moodle, synchronizer = 'http://127.0.0.1:8082/ws/ITK_Synchronizer.1cws') => ({
  moodle: { url: moodle, tokenFile: 'secrets/token' },
  synchronizer: { url: synchronizer },
});
const kinds = (/** @type {Given} */ configuration) =>
  standInsOf(configuration).map(({ kind, port }) => `${kind}:${port}`);

test('a sandbox for each Moodle of this machine, none for one elsewhere', () => {
  expect(
    kinds({
      systems: [
        system('http://localhost:9001'),
        system('http://127.0.0.1:9002/moodle'),
        system('http://127.0.0.1:9002/moodle'),
        system('https://moodle.example.edu'),
        system('http://localhost.example.edu:9003'),
        system('http://localhost'),
      ],
    }),
  ).toEqual(['moodle:9001', 'moodle:9002', 'moodle:80']);
});

test('the component and the 1C behind it only where they are configured and here', () => {
  const mirror = (/** @type {string} */ url) => ({ mirror: { url } });
  const elsewhere = 'https://moodle.example.edu';
  expect(kinds({ systems: [system(elsewhere)], onecComponent: mirror('http://127.0.0.1:9005/snapshot') })).toEqual([
    'component:8082',
    'onec:9005',
  ]);
  expect(kinds({ systems: [system(elsewhere)], onecComponent: mirror('https://1c.example.edu/snapshot') })).toEqual([
    'component:8082',
  ]);
  const odata = { mirror: { odata: { url: 'http://127.0.0.1:9006/univer/odata/standard.odata' } } };
  expect(kinds({ systems: [system(elsewhere)], onecComponent: odata })).toEqual(['component:8082', 'onec:9006']);
  expect(kinds({ systems: [system(elsewhere)] })).toEqual([]);
});

test('a configuration that is wrong starts nothing and breaks nothing', () => {
  for (const content of [
    undefined,
    null,
    {},
    { systems: 'x' },
    { systems: [null] },
    { systems: [system('nonsense')] },
  ]) {
    expect(standInsOf(content)).toEqual([]);
  }
});
