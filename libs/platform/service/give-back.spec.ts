import { setImmediate as nextTurn } from 'node:timers/promises';
import { giveBack } from './give-back.js';

const forgotten = (): WeakRef<object> => new WeakRef({ nobody: 'needs it any more' });

test('what nobody needs any more is collected at once', async () => {
  const before = forgotten();
  await nextTurn();
  expect(before.deref()).toBeDefined();
  await nextTurn();
  giveBack();
  expect(before.deref()).toBeUndefined();
});
