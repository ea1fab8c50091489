import fc from 'fast-check';
import { Slots } from './slots.js';

test('never more in flight than slots, never a key twice, and everybody gets a turn', async () => {
  const work = fc.record({
    keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    turns: fc.integer({ min: 0, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(work, { maxLength: 30 }), async (size, works) => {
      const slots = new Slots(size);
      const held: string[] = [];
      let inFlight = 0;
      let most = 0;
      const ends = await Promise.all(
        works.map(({ keys, turns }, index) =>
          slots.run(keys, async () => {
            most = Math.max(most, ++inFlight);
            for (const key of keys) expect(held).not.toContain(key);
            held.push(...keys);
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            for (const key of keys) held.splice(held.indexOf(key), 1);
            inFlight--;
            return index;
          }),
        ),
      );
      expect(ends).toEqual(works.map((_, index) => index));
      expect(most).toBeLessThanOrEqual(size);
    }),
  );
});

test('work without a shared key overtakes, work with one does not', async () => {
  const slots = new Slots(2);
  const order: string[] = [];
  let release = (): void => undefined;
  const first = slots.run(['u1'], () => new Promise<void>((resolve) => (release = resolve)));
  const note = (name: string) => async () => void order.push(name);
  const both = slots.run(['u1', 'u2'], note('both'));
  const behind = slots.run(['u2'], note('behind'));
  const free = slots.run(['u3'], note('free'));
  await free;
  expect(order).toEqual(['free']);
  release();
  await Promise.all([first, both, behind]);
  expect(order).toEqual(['free', 'both', 'behind']);
});

test('a failure gives its slot back', async () => {
  const slots = new Slots(1);
  await expect(slots.run(['x'], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.run(['x'], async () => 7)).toBe(7);
});
