import { progressLine } from './progress.mjs';
import { say, text } from '../../texts.mjs';

/**
 * @import { Bilingual } from '../../../libs/contracts/bilingual.js'
 * @import { PaceNow, Pause, Progress } from './progress.mjs'
 *
 * @typedef {{ name: Bilingual, url: string }} Address What a person may open.
 */

const interactive = Boolean(process.stderr.isTTY);
let shown = '';

/**
 * Writes over the last line in a terminal; elsewhere a line now and then.
 * @param {Bilingual} bilingual
 */
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

/**
 * @param {Progress} progress
 * @param {PaceNow} pace
 * @param {boolean} due
 */
export function showProgress(progress, pace, due) {
  live(progressLine({ ...progress, ...pace }), { due });
}

/**
 * A service that waits says why, once.
 * @param {Pause} pause
 */
export function showPause({ system, service, reason, cure }) {
  endLive();
  say({
    ru: `Пауза: ${service}, ${system}: ${reason.ru}${cure ? `\n  Что делать: ${cure.ru}` : ''}`,
    en: `Paused: ${service}, ${system}: ${reason.en}${cure ? `\n  What to do: ${cure.en}` : ''}`,
  });
}

/** @param {readonly Address[]} addresses */
export function showAddresses(addresses) {
  const width = Math.max(...addresses.map(({ name }) => text(name).length));
  for (const { name, url } of addresses) process.stderr.write(`  ${text(name).padEnd(width)}  ${url}\n`);
}

/** @param {{ progress: Progress, seconds: number, addresses: readonly Address[], logs: string, files?: string }} run */
export function showSummary({ progress, seconds, addresses, logs, files }) {
  const { done, total, error, later } = progress;
  say({
    ru: `\nГотово за ${seconds} с: ${done} из ${total} студентов; без ошибок ${done - error - later}, с ошибкой ${error}, отложено ${later}.\nОткрыть:`,
    en: `\nDone in ${seconds} s: ${done} of ${total} students; well ${done - error - later}, with an error ${error}, put off ${later}.\nTo open:`,
  });
  showAddresses(addresses);
  if (files)
    say({
      ru: `Файлы IMS Enterprise: ${files} (переименуйте там example.xml.txt в example.xml, и появятся его курс и человек)`,
      en: `IMS Enterprise files: ${files} (rename example.xml.txt there to example.xml, and its course and person appear)`,
    });
  say({
    ru: `Журналы: ${logs}\nСинхронизация продолжается. Остановить: Ctrl-C.`,
    en: `Logs: ${logs}\nSynchronization goes on. To stop: Ctrl-C.`,
  });
}
