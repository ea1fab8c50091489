import { progressLine } from './progress.mjs';
import { say, text } from '../texts.mjs';

const interactive = Boolean(process.stderr.isTTY);
let shown = '';

/** Writes over the last line in a terminal; elsewhere a line now and then. */
export function live(bilingual, { due = true } = {}) {
  const line = text(bilingual);
  if (interactive) process.stderr.write(`\r\x1b[2K${line}`);
  else if (due && line !== shown) process.stderr.write(`${line}\n`);
  shown = line;
}

export function endLive() {
  if (interactive && shown) process.stderr.write('\n');
  shown = '';
}

export function showProgress(progress, pace, due) {
  live(progressLine({ ...progress, ...pace }), { due });
}

/** A service that waits says why, once. */
export function showPause({ system, service, reason, cure }) {
  endLive();
  say({
    ru: `Пауза: ${service}, ${system}: ${reason.ru}${cure ? `\n  Что делать: ${cure.ru}` : ''}`,
    en: `Paused: ${service}, ${system}: ${reason.en}${cure ? `\n  What to do: ${cure.en}` : ''}`,
  });
}

/** What a person may open. */
export function showAddresses(addresses) {
  const width = Math.max(...addresses.map(({ name }) => text(name).length));
  for (const { name, url } of addresses) process.stderr.write(`  ${text(name).padEnd(width)}  ${url}\n`);
}

export function showSummary({ progress, seconds, addresses, logs }) {
  const { done, total, error, later } = progress;
  say({
    ru: `\nГотово за ${seconds} с: ${done} из ${total} студентов; без ошибок ${done - error - later}, с ошибкой ${error}, отложено ${later}.\nОткрыть:`,
    en: `\nDone in ${seconds} s: ${done} of ${total} students; well ${done - error - later}, with an error ${error}, put off ${later}.\nTo open:`,
  });
  showAddresses(addresses);
  say({
    ru: `Журналы: ${logs}\nСинхронизация продолжается. Остановить: Ctrl-C.`,
    en: `Logs: ${logs}\nSynchronization goes on. To stop: Ctrl-C.`,
  });
}
