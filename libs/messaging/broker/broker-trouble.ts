import { both } from '#contracts';
import { tlsTrouble, type SettingTrouble } from '#platform';
import { MissingTopologyError } from '../topology/declare.js';

/** What in AMQP_URL or in the broker's users keeps a connection from standing. Undefined: the broker is merely away. */
export function brokerTrouble(error: unknown, url: string): SettingTrouble | undefined {
  const tls = tlsTrouble(error, `RabbitMQ ${hostOf(url)}`);
  if (tls) return tls;
  const text = (error as Error | undefined)?.message ?? '';
  if (error instanceof MissingTopologyError)
    return {
      cause: 'broker-topology',
      reason: both(
        'На RabbitMQ нет очередей одной из систем, а пользователю из AMQP_URL нельзя их создавать',
        "RabbitMQ lacks a system's queues, and the user of AMQP_URL may not make them",
      ),
      cure: both(
        'Выполните itk prepare broker от имени администратора RabbitMQ (в кластере — задание migrations)',
        'Run itk prepare broker as an administrator of RabbitMQ (in a cluster: the Job migrations)',
      ),
    };
  if (/\b403\b|ACCESS.REFUSED/.test(text))
    return {
      cause: 'broker-credentials',
      reason: both(
        'RabbitMQ не принимает пользователя или пароль из AMQP_URL, или пользователю закрыт vhost',
        'RabbitMQ refuses the user or the password of AMQP_URL, or closes the vhost to the user',
      ),
      cure: both(
        'Проверьте имя и пароль (знаки # % / ? @ в пароле пишутся %23 %25 %2F %3F %40) и права: rabbitmqctl set_permissions',
        'Check user and password (# % / ? @ in a password are written %23 %25 %2F %3F %40) and rights: rabbitmqctl set_permissions',
      ),
    };
  // amqplib keeps the broker's words (530 NOT_ALLOWED) to itself when the vhost is refused.
  if (/\b530\b|NOT.ALLOWED|Expected ConnectionOpenOk; got <ConnectionClose/.test(text))
    return {
      cause: 'broker-vhost',
      reason: both(
        'На RabbitMQ нет vhost из AMQP_URL, или пользователю он закрыт',
        'RabbitMQ has no vhost of the name in AMQP_URL, or closes it to the user',
      ),
      cure: both(
        'Создайте его (rabbitmqctl add_vhost) и дайте права на него, или исправьте имя после «/» в AMQP_URL (vhost «/»: адрес без косой черты на конце)',
        'Make it (rabbitmqctl add_vhost) and give rights on it, or mend the name after the "/" in AMQP_URL (vhost "/": an address without a slash at its end)',
      ),
    };
  return undefined;
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
};
