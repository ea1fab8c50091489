import { redact, redactText } from './redact.js';

export const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];
export type Fields = Record<string, unknown>;

export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  fatal(message: string, fields?: Fields): void;
}

let service = 'itk';

/** Every line of this process carries the service's name. */
export function nameLogs(name: string): void {
  service = name;
}

const lowest = levels.indexOf((process.env.ITK_LOG_LEVEL ?? 'info') as Level);

/**
 * One JSON object: time, level, service, context, message, then the fields. A field cannot overwrite those five.
 * Personal data and secrets are taken out; an Error keeps name, message, code, stack and causes.
 */
export function line(level: Level, context: string, message: string, fields: Fields = {}, now = new Date()): string {
  const head = { time: now.toISOString(), level, service, context, message: redactText(message) };
  try {
    return JSON.stringify({ ...head, ...(redact(fields) as Fields), ...head });
  } catch (error) {
    return JSON.stringify({ ...head, unreadableFields: String((error as Error).name) });
  }
}

/** Below `ITK_LOG_LEVEL` (debug, info, warn, error, fatal; info unless set) nothing is written. */
export function write(level: Level, context: string, message: string, fields?: Fields): void {
  if (levels.indexOf(level) < lowest) return;
  process.stdout.write(`${line(level, context, message, fields)}\n`);
}

/** The logger of one part: `log('Publisher').warn('unroutable', { queue, error })`. */
export const log = (context: string): Logger => ({
  debug: (message, fields) => write('debug', context, message, fields),
  info: (message, fields) => write('info', context, message, fields),
  warn: (message, fields) => write('warn', context, message, fields),
  error: (message, fields) => write('error', context, message, fields),
  fatal: (message, fields) => write('fatal', context, message, fields),
});
