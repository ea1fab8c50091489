import { writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutHash } from '../machine/places.mjs';
import { choosePorts } from '../machine/ports.mjs';
import { run, waitUntil } from '../machine/processes.mjs';
import { brokerAnswers } from './node.mjs';
import { Obstacle, reasonOf, say } from '../../texts.mjs';

/** @import { StartOptions } from './node.mjs' */

const image = 'rabbitmq:4.1-management';

/** A client without a daemon hangs or fails: only an answer in time counts. */
export async function dockerAnswers() {
  try {
    await run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * The broker in a container of its own, published on the loopback address.
 * @param {Pick<StartOptions, 'directory' | 'ports' | 'taken'> & { name: string }} options
 */
export async function startContainer({ directory, name, ports: earlier, taken = [] }) {
  const ports = await choosePorts(['amqp', 'management', 'prometheus'], { remembered: earlier, taken });
  const container = `itk-${checkoutHash()}-${name}`;
  await run('docker', ['rm', '-f', container]).catch(() => undefined);
  say({ ru: `RabbitMQ: запускаю в Docker (${image})…`, en: `RabbitMQ: starting in Docker (${image})…` });
  const inside = { amqp: 5672, management: 15672, prometheus: 15692 };
  const names = /** @type {(keyof typeof inside)[]} */ (Object.keys(inside));
  const options = names.flatMap((name) => ['-p', `127.0.0.1:${ports[name]}:${inside[name]}`]);
  await run('docker', ['run', '-d', '--rm', '--name', container, ...options, image]);
  try {
    await waitUntil(() => brokerAnswers(ports), { timeout: 90_000, every: 200 });
  } catch (error) {
    await stopContainer({ container });
    throw new Obstacle({
      ru: `RabbitMQ в Docker не ответил: ${reasonOf(error)}. Посмотрите docker logs, образ ${image}.`,
      en: `RabbitMQ in Docker did not answer: ${reasonOf(error)}. See docker logs, image ${image}.`,
    });
  }
  const ctl = join(directory, 'rabbitmqctl');
  writeFileSync(ctl, `#!/bin/sh\nexec docker exec ${container} rabbitmqctl "$@"\n`);
  chmodSync(ctl, 0o755);
  return {
    container,
    ports,
    ctl,
    url: `amqp://guest:guest@127.0.0.1:${ports.amqp}`,
    api: `http://guest:guest@127.0.0.1:${ports.management}`,
    metrics: `http://127.0.0.1:${ports.prometheus}/metrics`,
  };
}

/** @param {{ container: string }} server */
export async function stopContainer({ container }) {
  await run('docker', ['rm', '-f', container]).catch(() => undefined);
}
