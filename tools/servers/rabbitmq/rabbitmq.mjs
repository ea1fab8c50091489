import { basename } from 'node:path';
import { dockerAnswers, startContainer, stopContainer } from './docker.mjs';
import { homebrewPrograms, programsUnder, startNode, stopNode } from './node.mjs';
import { hasApt, unpackedRabbit, wantedRelease } from './packages.mjs';
import { Obstacle, say } from '../../texts.mjs';

async function unpackedPrograms() {
  if (!hasApt()) return undefined;
  try {
    return programsUnder(await unpackedRabbit());
  } catch (error) {
    say({
      ru: `RabbitMQ: пакеты дистрибутива распаковать не удалось: ${error.message}`,
      en: `RabbitMQ: the packages of the distribution could not be unpacked: ${error.message}`,
    });
    return undefined;
  }
}

/**
 * Starts a private broker by the first way that this machine offers: installed, unpacked from the
 * distribution's packages, Docker. A release that is wished for by name is always unpacked.
 * @returns what `startNode` or `startContainer` return
 */
export async function startRabbit(options) {
  const release = wantedRelease();
  if (release) return startNode(programsUnder(await unpackedRabbit(release)), options);
  const programs = programsUnder() ?? homebrewPrograms() ?? (await unpackedPrograms());
  if (programs) return startNode(programs, options);
  if (await dockerAnswers()) return startContainer({ ...options, name: basename(options.directory) });
  throw new Obstacle({
    ru: 'RabbitMQ не найден, и запустить его здесь нечем. Подойдёт любое из:\n  · установить: apt-get install rabbitmq-server (Debian, Ubuntu), brew install rabbitmq (macOS);\n  · запустить Docker;\n  · указать готовый брокер: AMQP_URL=amqp://пользователь:пароль@сервер:5672',
    en: 'RabbitMQ was not found and there is no means to start it here. Any of these will do:\n  · install it: apt-get install rabbitmq-server (Debian, Ubuntu), brew install rabbitmq (macOS);\n  · start Docker;\n  · name a broker: AMQP_URL=amqp://user:password@host:5672',
  });
}

export function stopRabbit(server, options) {
  return server.container ? stopContainer(server) : stopNode(server, options);
}
