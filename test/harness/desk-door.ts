import { keyPair } from '../../apps/onec-component/testing/desk.js';

/** The door between console and desk: sections of the configuration, with keys of their own. */
export async function deskDoor(port: number, file: (name: string, content: string) => string) {
  const { secret, open } = await keyPair('of the tests');
  return {
    component: { desk: { port, keysFile: file('desk-public-keys.json', JSON.stringify({ keys: [open] })) } },
    console: { desk: { url: `http://127.0.0.1:${port}`, keyFile: file('desk-key.json', secret) } },
  };
}
