import { spawn } from 'node:child_process';

/**
 * Ends servers when this process dies without having done so itself (kill -9). A shell waits at a pipe that
 * only this process holds: its end of file is the sign, however this process died.
 *
 * A number alone may be somebody else's by then: the shell keeps the time of start with it, tells it as `identityOf`
 * does, and forgets who has ended whenever somebody new comes. A number with a zombie is not given away.
 */
const script = `
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
identity() {
  if [ -n "$boot" ]; then
    { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return
    set -- \${stat##*') '}
    echo "$boot \${20}"
  else
    ps -o lstart= -p "$1" | sed 's/^ *//; s/ *$//'
  fi
}
known=
forget_ended() {
  kept=
  while read -r old begun; do
    [ -n "$old" ] && [ "$(identity "$old")" = "$begun" ] && kept="$kept$old $begun
"
  done <<END
$known
END
  known=$kept
}
while read -r order pid since; do
  case $order in
    watch)
      forget_ended
      known="$known$pid $since
" ;;
    dismissed) exit 0 ;;
  esac
done
forget_ended
while read -r pid since; do
  [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null
done <<END
$known
END
sleep 3
while read -r pid since; do
  [ -n "$pid" ] || continue
  # the head may be gone meanwhile and leave its group; a stranger with its number is left alone
  case $(identity "$pid") in
    '' | "$since") kill -KILL -- "-$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null ;;
  esac
done <<END
$known
END
`;

/**
 * @typedef {object} Watchdog
 * @property {number} [pid]
 * @property {(record: import('./processes.mjs').ProcessRecord) => void} add
 * @property {() => void} dismiss
 *
 * @returns {Watchdog}
 */
export function watchOver() {
  if (process.platform === 'win32') return { add: () => undefined, dismiss: () => undefined };
  const dog = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
  dog.stdin.on('error', () => undefined);
  // a pipe is a socket, which the types of a writable stream do not tell
  /** @type {{ unref?(): void }} */ (dog.stdin).unref?.();
  dog.unref();
  return {
    pid: dog.pid,
    add: ({ pid, since }) => void (since && dog.stdin.write(`watch ${pid} ${since}\n`)),
    dismiss: () => void dog.stdin.end('dismissed\n'),
  };
}
