import { Broker, permissionsOf, topologyOf } from '#messaging';
import { call } from '../outgoing/call.js';
import { virtualHostOf } from '../queues/depths/by-management.js';
import type { SignIn } from './service-secrets.js';

/**
 * Makes every queue of these systems and gives each service a user that may read its own queues and publish, and declare
 * nothing. Done again it sets passwords anew and changes nothing else.
 * @param url AMQP address of an administrator (tag `administrator`, all rights on the virtual host)
 * @param management base address of the management API, which the same administrator signs in to
 * @throws CallError, BrokerUnavailableError
 */
export async function prepareBroker(
  url: string,
  management: string,
  systems: readonly string[],
  services: readonly SignIn[],
): Promise<void> {
  const broker = new Broker(url, 'itk prepare broker');
  try {
    await broker.stand(topologyOf(systems));
  } finally {
    await broker.close();
  }
  const { username, password } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  const put = (path: string, body: object): Promise<string> =>
    call(`${management}/api/${path}`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const virtualHost = encodeURIComponent(virtualHostOf(url));
  for (const { service, user, password: secret } of services) {
    const name = encodeURIComponent(user);
    await put(`users/${name}`, { password: secret, tags: '' });
    await put(`permissions/${virtualHost}/${name}`, permissionsOf(service));
  }
}
