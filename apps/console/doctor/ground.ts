import type { DataSource } from 'typeorm';
import { both, type Finding } from '#contracts';
import { heldBackBecause, type Broker } from '#messaging';
import { SettingError } from '#platform';
import { queueDepths } from '../queues/depths/by-amqp.js';
import { isOnDuty, standingTroubles } from '../overview/status.js';

const well = (check: string, ru: string, en: string): Finding => ({ check, severity: 'ok', what: both(ru, en) });

/** Database, broker, queues, and whether every service takes its messages. */
export async function examineGround(
  dataSource: DataSource,
  broker: () => Promise<Broker>,
  systems: readonly string[],
): Promise<Finding[]> {
  const findings = [well('database', 'База данных отвечает', 'The database answers')];
  findings.push(
    (await isOnDuty(dataSource))
      ? well('console', 'Консоль разбирает недоставленное', 'A console drains dead letters')
      : {
          check: 'console',
          severity: 'warning',
          what: both(
            'Консоль не запущена: недоставленное не разбирается',
            'No console is running: dead letters are not drained',
          ),
          mend: both('Запустите службу console', 'Start the service console'),
        },
  );
  findings.push(
    ...(await standingTroubles(dataSource, systems)).map(({ service, check, about, what, mend }): Finding => ({
      check: `${service} ${check} ${about}`.trim(),
      severity: 'error',
      what: about === '' ? what : both(`${about}: ${what.ru}`, `${about}: ${what.en}`),
      mend,
    })),
  );
  let opened: Broker;
  try {
    opened = await broker();
  } catch (error) {
    if (error instanceof SettingError)
      return [
        ...findings,
        { check: 'broker', severity: 'error', what: error.trouble.reason, mend: error.trouble.cure },
      ];
    findings.push({
      check: 'broker',
      severity: 'error',
      what: both('RabbitMQ не отвечает', 'RabbitMQ cannot be reached'),
      mend: both(
        'Проверьте AMQP_URL и сам сервер',
        `Check AMQP_URL and the server itself (${(error as Error).message})`,
      ),
    });
    return findings;
  }
  findings.push(well('broker', 'RabbitMQ отвечает', 'RabbitMQ answers'));
  for (const { queue, role, service, ready, consumers } of await queueDepths(opened, systems)) {
    if (ready === undefined)
      findings.push({
        check: `queue ${queue}`,
        severity: 'error',
        what: both(`Нет очереди ${queue}`, `There is no queue ${queue}`),
        mend: both('Запустите любую службу: она объявит очереди', 'Start any service: it declares the queues'),
      });
    else if (role === 'work' && consumers === 0)
      findings.push({
        check: `consumer ${queue}`,
        severity: 'warning',
        what: both(
          `Очередь ${queue} никто не читает (ждёт ${ready})`,
          `Nobody reads the queue ${queue} (${ready} wait)`,
        ),
        mend: both(
          `Запустите службу ${service} или посмотрите паузы: itk status`,
          `Start the service ${service}, or look for pauses: itk status`,
        ),
      });
  }
  // Last: a broker that holds a connection back reads nothing more from it.
  const heldBack = await opened.takes();
  if (heldBack !== undefined) {
    const { reason, cure } = heldBackBecause(heldBack);
    findings.push({ check: 'broker takes messages', severity: 'error', what: reason, mend: cure });
  }
  return findings;
}
