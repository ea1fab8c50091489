import type { LoggerService } from '@nestjs/common';
import { write, type Fields, type Level } from './log.js';

/** What Nest tells of its own wiring at every start: of use only when looking for a fault in it. */
const wiring = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestMicroservice',
  'NestApplication',
]);

/** Nest's own words, and those of its `Logger`, as JSON lines. Nest passes the context last, a stack before it. */
export class NestLog implements LoggerService {
  log = (message: unknown, ...rest: unknown[]): void => this.say('info', message, rest);
  error = (message: unknown, ...rest: unknown[]): void => this.say('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.say('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.say('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.say('debug', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.say('fatal', message, rest);

  private say(level: Level, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((item): item is string => typeof item === 'string');
    const context = texts.at(-1) ?? 'Nest';
    const stack = texts.slice(0, -1).find((text) => text.includes('\n'));
    const fields: Fields = { ...(stack && { stack }) };
    for (const item of rest) {
      if (item instanceof Error) fields.error = item;
      else if (typeof item === 'object' && item !== null) Object.assign(fields, item);
    }
    const quiet: Level = level === 'info' && wiring.has(context) ? 'debug' : level;
    if (message instanceof Error) return write(quiet, context, message.message, { ...fields, error: message });
    if (typeof message === 'object' && message !== null) Object.assign(fields, { about: message });
    write(quiet, context, typeof message === 'string' ? message : 'see fields', fields);
  }
}
