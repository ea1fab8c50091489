import { createServer } from 'node:net';
import fc from 'fast-check';
import { choosePorts, isFree } from './ports.mjs';

const everythingFree = async () => true;

test('chosen ports are all different, free and nobody else’s', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 15_000, max: 31_999 }), { maxLength: 50 }),
      fc.func(fc.boolean()),
      async (names, taken, isOdd) => {
        const busy = new Set(taken.filter((port) => isOdd(port)));
        const ports = Object.values(await choosePorts(names, { taken, free: async (port) => !busy.has(port) }));
        expect(ports).toHaveLength(names.length);
        expect(new Set(ports).size).toBe(names.length);
        for (const port of ports) {
          expect(taken).not.toContain(port);
          expect(port).toBeGreaterThanOrEqual(15_000);
          expect(port).toBeLessThan(32_768); // where systems begin to take ports of outgoing connections
        }
      },
    ),
  );
});

test('a remembered port is taken again, unless it is in use or another’s by now', async () => {
  const remembered = { a: 20_001, b: 20_002, c: 20_003 };
  expect(await choosePorts(['a', 'b', 'c'], { remembered, free: everythingFree })).toEqual(remembered);
  const ports = await choosePorts(['a', 'b', 'c'], {
    remembered,
    taken: [20_001],
    free: async (port) => port !== 20_002,
  });
  expect(ports.a).not.toBe(20_001);
  expect(ports.b).not.toBe(20_002);
  expect(ports.c).toBe(20_003);
});

test('when no port is left it says so and does not search for ever', async () => {
  await expect(choosePorts(['a'], { free: async () => false })).rejects.toThrow('no free port');
});

test('a port that somebody listens on is not free', async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});
