import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever its own clock does. */
const tickMs = 10;

interface Stat {
  parent: number;
  /** Of itself and of those children that have ended, milliseconds. */
  ms: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // "pid (name) state ppid ...": the name may hold blanks and brackets; utime is the twelfth after it
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1]!, ms: (fields[11]! + fields[12]! + fields[13]! + fields[14]!) * tickMs };
  } catch {
    return undefined; // has ended meanwhile
  }
}

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** Processor time of each process with all its descendants since they began, milliseconds. Linux. */
export function processorTime(roots: readonly number[]): number[] {
  const stats = new Map<number, Stat>();
  for (const pid of pids()) {
    const stat = statOf(pid);
    if (stat) stats.set(pid, stat);
  }
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of stats) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const whole = (pid: number): number =>
    (stats.get(pid)?.ms ?? 0) + (children.get(pid) ?? []).reduce((sum, child) => sum + whole(child), 0);
  return roots.map(whole);
}

/** The process of this machine that listens where the address says, if it is one of that name. Linux. */
export function serverOf(address: string, usualPort: number, command: string): number | undefined {
  const { port, hostname } = new URL(address);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return undefined;
  const wanted = (Number(port) || usualPort).toString(16).toUpperCase().padStart(4, '0');
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const row of readFileSync(table, 'latin1').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(`:${wanted}`)) sockets.add(`socket:[${inode}]`);
    }
  return pids().find((pid) => {
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'latin1').trim() !== command) return false;
      return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
    } catch {
      return false; // somebody else's, or ended
    }
  });
}
