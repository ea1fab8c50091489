import { makeDoorKey, publicDoorKeys } from './keys.js';
import { DoorKeyError, doorKeyId, signDoorToken, verifyDoorToken, type Bearer } from './token.js';

const bearer: Bearer = { login: 'petrova', name: 'Петрова А. Б.', grants: [] };
const errand = { method: 'GET', target: '/api/desk/els' };

test('what is made signs, and its public half takes it; nothing secret is in that half', async () => {
  const [one, two] = [await makeDoorKey('one'), await makeDoorKey('two')];
  expect([doorKeyId(one), doorKeyId(two)]).toEqual(['one', 'two']);
  const keys = publicDoorKeys([one, two]);
  for (const secret of [one, two]) {
    const token = await signDoorToken(secret, 'onec-component', bearer, errand);
    expect(await verifyDoorToken(keys, 'onec-component', token, errand)).toEqual(bearer);
    expect(keys).not.toContain((JSON.parse(secret) as { d: string }).d);
  }
  const token = await signDoorToken(one, 'onec-component', bearer, errand);
  await expect(verifyDoorToken(publicDoorKeys([two]), 'onec-component', token, errand)).rejects.toThrow();
});

test('two keys of one name, a name that is none, and what is no key are refused', async () => {
  const [one, other] = [await makeDoorKey('one'), await makeDoorKey('one')];
  expect(() => publicDoorKeys([one, other])).toThrow(/two keys are called one/);
  await expect(makeDoorKey('')).rejects.toThrow(DoorKeyError);
  await expect(makeDoorKey('x'.repeat(101))).rejects.toThrow(DoorKeyError);
  expect(() => publicDoorKeys(['no key'])).toThrow(DoorKeyError);
  expect(() => publicDoorKeys([publicDoorKeys([one])])).toThrow(DoorKeyError);
});
