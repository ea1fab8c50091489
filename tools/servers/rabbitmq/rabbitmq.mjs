import { basename } from 'node:path';
import { dockerAnswers, startContainer, stopContainer } from './docker.mjs';
import { homebrewPrograms, programsUnder, startNode, stopNode } from './node.mjs';
import { unpackedRabbit, wantedRelease } from './packages.mjs';
import { hasApt } from '../debian/download.mjs';
import { Obstacle, reasonOf, say } from '../../texts.mjs';

/**
 * @import { Addresses, NodeParts, NodePorts, StartOptions } from './node.mjs'
 * @import { StartedServer } from '../machine/processes.mjs'
 *
 * @typedef {object} RabbitPlace What every broker has that is started here.
 * @property {Partial<NodePorts>} ports
 * @property {string} ctl a script that runs its rabbitmqctl
 *
 * @typedef {RabbitPlace & Addresses & Partial<StartedServer & NodeParts> & { container?: string }} RabbitServer
 *   A process of this machine, or a container.
 */

async function unpackedPrograms() {
  if (!hasApt()) return undefined;
  try {
    return programsUnder(await unpackedRabbit());
  } catch (error) {
    say({
      ru: `RabbitMQ: пакеты дистрибутива распаковать не удалось: ${reasonOf(error)}`,
      en: `RabbitMQ: the packages of the distribution could not be unpacked: ${reasonOf(error)}`,
    });
    return undefined;
  }
}

/**
 * Starts a private broker by the first way that this machine offers: installed, unpacked from the
 * distribution's packages, Docker. A release that is wished for by name is always unpacked.
 * @param {StartOptions} options
 * @returns {Promise<RabbitServer>}
 */
export async function startRabbit(options) {
  const release = wantedRelease();
  const unpacked = release && programsUnder(await unpackedRabbit(release));
  if (release && !unpacked) throw new Error(`${release.name} holds no RabbitMQ`);
  const programs = unpacked ?? programsUnder() ?? homebrewPrograms() ?? (await unpackedPrograms());
  if (programs) return startNode(programs, options);
  if (await dockerAnswers()) return startContainer({ ...options, name: basename(options.directory) });
  throw new Obstacle({
    ru: 'RabbitMQ не найден, и запустить его здесь нечем. Подойдёт любое из:\n  · установить: apt-get install rabbitmq-server (Debian, Ubuntu), brew install rabbitmq (macOS);\n  · запустить Docker;\n  · указать готовый брокер: AMQP_URL=amqp://пользователь:пароль@сервер:5672',
    en: 'RabbitMQ was not found and there is no means to start it here. Any of these will do:\n  · install it: apt-get install rabbitmq-server (Debian, Ubuntu), brew install rabbitmq (macOS);\n  · start Docker;\n  · name a broker: AMQP_URL=amqp://user:password@host:5672',
  });
}

/**
 * @param {Partial<RabbitServer>} server
 * @param {{ force?: boolean }} [options]
 */
export function stopRabbit({ container, ...node }, options) {
  return container ? stopContainer({ container }) : stopNode(node, options);
}
