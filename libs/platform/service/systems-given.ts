import { both } from '#contracts';
import { SettingError } from '../setting-error.js';

/**
 * The systems that this process works on: those that `ITK_SYSTEMS` names (`lms1,lms2`), all where it names none. So one
 * system's services can have a Deployment, and a machine, of their own.
 * @throws SettingError for a system that is not configured: its queues would be nobody's
 */
export function systemsGiven<S extends { id: string }>(systems: readonly S[], names: string | undefined): S[] {
  const wanted = (names ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (wanted.length === 0) return [...systems];
  const unknown = wanted.filter((name) => !systems.some(({ id }) => id === name));
  if (unknown.length > 0) {
    const there = systems.map(({ id }) => id).join(', ');
    throw new SettingError({
      cause: 'systems-unknown',
      reason: both(
        `ITK_SYSTEMS называет системы, которых нет в конфигурации: ${unknown.join(', ')}`,
        `ITK_SYSTEMS names systems that are not configured: ${unknown.join(', ')}`,
      ),
      cure: both(`Есть: ${there}. Исправьте переменную`, `There are: ${there}. Mend the variable`),
    });
  }
  return systems.filter(({ id }) => wanted.includes(id));
}
