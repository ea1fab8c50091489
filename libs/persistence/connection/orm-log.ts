import type { Logger } from 'typeorm';
import { log } from '#platform';

/** TypeORM's words as our log lines. Queries and their parameters are never among them: they hold personal data. */
export class OrmLog implements Logger {
  private readonly logger = log('TypeORM');

  logMigration = (message: string): void => this.logger.info(message);
  log = (level: 'log' | 'info' | 'warn', message: unknown): void =>
    level === 'warn' ? this.logger.warn(String(message)) : this.logger.debug(String(message));
  logSchemaBuild = (message: string): void => this.logger.debug(message);
  // A query that fails throws: whoever catches the error says what it means.
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
}
