import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { both, SynchronizationError, type Bilingual } from '#contracts';
import { BrokerUnavailableError } from '#messaging';
import { isDatabaseAway } from '#persistence';
import { log, SettingError } from '#platform';
import { languageOf } from './language.js';
import { Problem, problems } from './problem.js';
import type { ProblemDetails } from './problem-schema.js';

const byStatus: Record<number, Bilingual> = {
  400: both('Запрос не понят', 'The request is not understood'),
  404: both('По этому адресу ничего нет', 'There is nothing at this address'),
  413: both('Запрос слишком велик', 'The request is too large'),
  500: both('В консоли ошибка; она записана в журнал службы', "A fault of the console; it stands in the service's log"),
};

/** What is thrown becomes a problem; what nobody has foreseen is logged and told as a fault of ours, without its text. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const english = STATUS_CODES[status] ?? String(status);
    return new Problem({ name: `http-${status}`, status, title: byStatus[status] ?? both(english, english) });
  }
  if (isDatabaseAway(error)) return problems.away(both('База данных не отвечает', 'The database does not answer'));
  if (error instanceof BrokerUnavailableError)
    return problems.away(both('RabbitMQ не отвечает', 'RabbitMQ does not answer'));
  if (error instanceof SettingError) return problems.away(error.trouble.reason);
  if (error instanceof SynchronizationError) return problems.away(error.failure.reason);
  return new Problem({ name: 'fault', status: 500, title: byStatus[500]! });
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = log('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { told } = problemOf(error);
    const instance = `urn:uuid:${randomUUID()}`;
    if (told.status >= 500) {
      // The route as it is declared: an address may hold what a person has typed.
      const route = (request.route as { path?: string } | undefined)?.path;
      const facts = { method: request.method, route, instance, error };
      if (told.status === 500) this.logger.error('a request failed', facts);
      else this.logger.warn('a request could not be answered', facts);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const language = languageOf(request);
    const details: ProblemDetails = {
      type: `urn:itk:problem:${told.name}`,
      title: told.title[language],
      status: told.status,
      instance,
      ...(told.detail && { detail: told.detail[language] }),
      ...(told.issues && { issues: told.issues.map(({ path, message }) => ({ path, message: message[language] })) }),
      ...(told.details && { details: told.details }),
    };
    if (told.retryAfter !== undefined) response.set('Retry-After', String(told.retryAfter));
    response
      .status(told.status)
      .set({ 'Content-Language': language, 'Cache-Control': 'no-store' })
      .vary('Accept-Language')
      .type('application/problem+json')
      .send(JSON.stringify(details));
  }
}
