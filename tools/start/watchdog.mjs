import { spawn } from 'node:child_process';

/**
 * Ends servers when this process dies without having done so itself (kill -9). A shell waits at a pipe that
 * only this process holds: its end of file is the sign, however this process died.
 */
const script = `
pids=
while read -r order pid; do
  case $order in
    watch) pids="$pids $pid" ;;
    dismissed) exit 0 ;;
  esac
done
for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
sleep 3
for pid in $pids; do kill -KILL -- "-$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null; done
`;

/** @returns {pid, add(record), dismiss()} */
export function watchOver() {
  if (process.platform === 'win32') return { add: () => undefined, dismiss: () => undefined };
  const dog = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
  dog.stdin.on('error', () => undefined);
  dog.stdin.unref?.();
  dog.unref();
  const add = ({ pid }) => dog.stdin.write(`watch ${pid}\n`);
  return { pid: dog.pid, add, dismiss: () => dog.stdin.end('dismissed\n') };
}
