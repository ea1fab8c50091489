import { spawn } from 'node:child_process';

/**
 * Ends servers when this process dies without having done so itself (kill -9). A shell waits at a pipe that
 * only this process holds: its end of file is the sign, however this process died.
 */
const script = `
read -r order
[ "$order" = dismissed ] && exit 0
for pid in "$@"; do kill -INT "$pid" 2>/dev/null; done
sleep 3
for pid in "$@"; do kill -KILL -- "-$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null; done
`;

export function watchOver({ postgres, rabbit }) {
  const pids = [postgres, rabbit, rabbit?.broker, rabbit?.epmd]
    .filter((server) => server && !server.external && server.pid)
    .map(({ pid }) => String(pid));
  if (process.platform === 'win32' || pids.length === 0) return { dismiss: () => undefined };
  const dog = spawn('/bin/sh', ['-c', script, 'watchdog', ...pids], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  dog.stdin.on('error', () => undefined);
  dog.stdin.unref?.();
  dog.unref();
  return { pid: dog.pid, dismiss: () => dog.stdin.end('dismissed\n') };
}
