import { readFileSync } from 'node:fs';

const interval = 250;
/** Linux counts a process's time in hundredths of a second. */
const tick = 10;

/**
 * Whether it wants the processor, and how long it has had it; unknown where there is no /proc.
 * @param {number | undefined} pid
 */
function workOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { waits: fields[0] !== 'R', worked: (Number(fields[11]) + Number(fields[12])) * tick };
  } catch {
    return undefined;
  }
}

/**
 * Gives a process up that has worked or slept for so long. Waiting for a busy machine's processor does not count: else
 * every slow answer would pass for a loop.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} most milliseconds
 * @param {() => void} giveUp
 * @returns what ends the watch
 */
export function patience(child, most, giveUp) {
  let before = workOf(child.pid)?.worked ?? 0;
  let spent = 0;
  const timer = setInterval(() => {
    const work = workOf(child.pid);
    spent += work === undefined || work.waits ? interval : work.worked - before;
    before = work?.worked ?? before;
    if (spent < most) return;
    clearInterval(timer);
    giveUp();
  }, interval);
  return () => clearInterval(timer);
}
