import { writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutHash } from '../machine/places.mjs';
import { choosePorts } from '../machine/ports.mjs';
import { run, waitUntil } from '../machine/processes.mjs';
import { brokerAnswers } from './node.mjs';
import { Obstacle, say } from '../../texts.mjs';

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

/** The broker in a container of its own, published on the loopback address. */
export async function startContainer({ directory, name, ports: earlier, taken = [] }) {
  const ports = await choosePorts(['amqp', 'management', 'prometheus'], { remembered: earlier, taken });
  const container = `itk-${checkoutHash()}-${name}`;
  await run('docker', ['rm', '-f', container]).catch(() => undefined);
  say({ ru: `RabbitMQ: запускаю в Docker (${image})…`, en: `RabbitMQ: starting in Docker (${image})…` });
  const publish = Object.entries({ amqp: 5672, management: 15672, prometheus: 15692 });
  const options = publish.flatMap(([key, inside]) => ['-p', `127.0.0.1:${ports[key]}:${inside}`]);
  await run('docker', ['run', '-d', '--rm', '--name', container, ...options, image]);
  try {
    await waitUntil(() => brokerAnswers(ports), { timeout: 90_000, every: 200 });
  } catch (error) {
    await stopContainer({ container });
    throw new Obstacle({
      ru: `RabbitMQ в Docker не ответил: ${error.message}. Посмотрите docker logs, образ ${image}.`,
      en: `RabbitMQ in Docker did not answer: ${error.message}. See docker logs, image ${image}.`,
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

export async function stopContainer({ container }) {
  await run('docker', ['rm', '-f', container]).catch(() => undefined);
}
