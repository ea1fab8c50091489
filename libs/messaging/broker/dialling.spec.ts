import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { connect } from 'amqplib';
import { SettingError, type SettingTrouble } from '#platform';
import { authority, certificateFor } from '#platform/testing';
import { Broker } from './broker.js';
import { brokerTrouble } from './broker-trouble.js';
import { diallingOf } from './dialling.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-dialling-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const real = new URL(process.env.ITK_TEST_AMQP_URL!);
const open: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Resolves when the connection stands and the broker takes a message. */
async function works(url: URL): Promise<void> {
  const broker = new Broker(url.href, 'spec');
  open.push(broker);
  expect(await broker.takes(60_000)).toBeUndefined();
}
/** Dialled once: what the connection that comes back by itself throws is of another realm under jest. */
async function troubleOf(url: URL): Promise<SettingTrouble | undefined> {
  const error: unknown = await connect(url.href, diallingOf(url.href)).then(
    (connection) => connection.close(),
    (thrown: unknown) => thrown,
  );
  return brokerTrouble(error, url.href);
}

/** TLS before the real broker, as one that demands a certificate of its clients. */
async function secured(names: { server: string; demanded: string }): Promise<{ url: URL; ca: string; client: string }> {
  const [ours, theirs] = [await authority('University root'), await authority('Broker clients')];
  const server: Server = createServer(
    {
      ...(await certificateFor(names.server, { authority: ours })),
      ...{ ca: theirs.cert, requestCert: true, rejectUnauthorized: true },
    },
    (socket) => {
      const onward = dial(Number(real.port), real.hostname);
      for (const end of [socket, onward]) end.on('error', () => void (socket.destroy(), onward.destroy()));
      socket.pipe(onward).pipe(socket);
    },
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push({ close: () => server.close() });
  const { cert, key } = await certificateFor(names.demanded, { authority: theirs });
  const url = new URL(real.href.replace(/^amqp:/, 'amqps:'));
  [url.hostname, url.port] = ['localhost', String((server.address() as AddressInfo).port)];
  return {
    url,
    ca: file('ca.pem', ours.cert),
    client: `certfile=${file('cert.pem', cert)}&keyfile=${file('key.pem', key)}`,
  };
}

test('an authority of one’s own and a client’s certificate are named by the address', async () => {
  const { url, ca, client } = await secured({ server: 'localhost', demanded: 'itk' });
  url.search = `cacertfile=${ca}&${client}`;
  await works(url);
  url.search = client;
  expect(await troubleOf(url)).toMatchObject({ cause: 'certificate-authority' });
}, 120_000);

test('a broker that wants a certificate of its client, and gets none, is named', async () => {
  const { url, ca } = await secured({ server: 'localhost', demanded: 'itk' });
  url.search = `cacertfile=${ca}`;
  const { cause, cure } = (await troubleOf(url))!;
  expect(cause).toBe('certificate-wanted');
  expect(cure.en).toContain('certfile');
}, 120_000);

test('a certificate of another host is refused', async () => {
  const { url, ca, client } = await secured({ server: 'other.example', demanded: 'itk' });
  url.search = `cacertfile=${ca}&${client}`;
  expect(await troubleOf(url)).toMatchObject({ cause: 'certificate-host' });
}, 120_000);

test('a file that cannot be read is named before anybody is dialled', () => {
  const url = `amqps://mq?cacertfile=${join(folder, 'nowhere.pem')}`;
  expect(() => new Broker(url, 'spec')).toThrow(SettingError);
  expect(() => new Broker(url, 'spec')).toThrow(/nowhere\.pem.*ENOENT/);
});

test('user, password and vhost of any characters, written as an address wants them', async () => {
  const api = new URL(process.env.ITK_TEST_RABBIT_API!);
  const authorization = `Basic ${Buffer.from(`${api.username}:${api.password}`).toString('base64')}`;
  [api.username, api.password] = ['', ''];
  const [user, password, vhost] = [
    `имя@${process.pid} :/?#%20`,
    'п@р:о/л?ь#100% +"\'&=я',
    `отдел/${process.pid} a%2Fb#?`,
  ];
  const call = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${api.href}api/${path}`, {
      ...{ method, headers: { authorization, 'content-type': 'application/json' } },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
  };
  const [name, place] = [encodeURIComponent(user), encodeURIComponent(vhost)];
  await call('PUT', `users/${name}`, { password, tags: '' });
  await call('PUT', `vhosts/${place}`, {});
  await call('PUT', `permissions/${place}/${name}`, { configure: '.*', write: '.*', read: '.*' });
  try {
    const url = new URL(`amqp://${name}:${encodeURIComponent(password)}@${real.host}/${place}`);
    await works(url);
  } finally {
    await Promise.all(open.splice(0).map((one) => one.close()));
    await call('DELETE', `vhosts/${place}`);
    await call('DELETE', `users/${name}`);
  }
}, 120_000);
