import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { connect } from 'amqplib';
import { expect, test } from '@jest/globals';
import type { SettingTrouble } from '#platform';
import { certificateFor } from '#platform/testing';
import { brokerTrouble } from './broker-trouble.js';

const changed = (change: (url: URL) => void): string => {
  const url = new URL(process.env.ITK_TEST_AMQP_URL!);
  change(url);
  return url.href;
};

async function troubleOf(url: string): Promise<SettingTrouble> {
  const error: unknown = await connect(url).then(
    () => 'connected',
    (thrown: unknown) => thrown,
  );
  return brokerTrouble(error, url)!;
}

test('a wrong password and an unknown vhost of a real broker are settings, with what to do', async () => {
  expect(await troubleOf(changed((url) => (url.password = 'wrong')))).toMatchObject({ cause: 'broker-credentials' });
  const { cause, cure } = await troubleOf(changed((url) => (url.pathname = '/nowhere')));
  expect(cause).toBe('broker-vhost');
  expect(cure.en).toContain('rabbitmqctl add_vhost');
});

test('a certificate that nobody knows is a setting; a broker that is away is none', async () => {
  const server = createTlsServer(await certificateFor('localhost'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { cause, reason, cure } = await troubleOf(`amqps://guest:guest@localhost:${port}`);
  server.close();
  expect(cause).toBe('certificate-self-signed');
  expect(reason.ru).toContain('RabbitMQ localhost');
  expect(cure.en).toContain('NODE_EXTRA_CA_CERTS');
  expect(brokerTrouble(new Error('connect ECONNREFUSED 127.0.0.1:5672'), 'amqp://x')).toBeUndefined();
});
