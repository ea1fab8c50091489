import { Gauge, register } from 'prom-client';
import { log } from './logging/log.js';

const gauge = (): Gauge =>
  (register.getSingleMetric('itk_alarm') as Gauge | undefined) ??
  new Gauge({
    name: 'itk_alarm',
    help: '1 while an alarm stands: somebody has to look',
    labelNames: ['alarm', 'system'],
  });

/** Alarms that stand in this process, so that each is logged when it begins and when it ends, not at every turn. */
const standing = new Set<string>();

/**
 * Raises or ends an alarm of a system: metric `itk_alarm{alarm,system}` and a log line. `what` says what to do;
 * codes of students may stand in `fields`, never names.
 */
export function alarm(
  name: string,
  system: string,
  on: boolean,
  what: string,
  fields: Record<string, unknown> = {},
): void {
  gauge().set({ alarm: name, system }, on ? 1 : 0);
  const key = `${name} ${system}`;
  if (on === standing.has(key)) return;
  if (on) {
    standing.add(key);
    log('Alarm').error(what, { alarm: name, system, ...fields });
  } else {
    standing.delete(key);
    log('Alarm').info('the alarm is over', { alarm: name, system });
  }
}

export const alarmStands = (name: string, system: string): boolean => standing.has(`${name} ${system}`);

/** Another process watches over it from here on: neither standing nor over. */
export function forgetAlarm(name: string, system: string): void {
  gauge().remove({ alarm: name, system });
  standing.delete(`${name} ${system}`);
}
