/** A server of a test's own: it may be killed, frozen and restarted without disturbing its neighbours. */
export interface Disposable {
  readonly url: string;
  /** The server's own process: the broker's Erlang, or PostgreSQL's head. */
  readonly pid: number;
  /** `SIGKILL` unless given; `SIGSTOP` and `SIGCONT` freeze and thaw. */
  kill(signal?: NodeJS.Signals): void;
  /** After `kill`: begins again on the same ports with what the disk kept. */
  start(): Promise<void>;
  /** An orderly stop and start on the same ports. */
  restart(): Promise<void>;
  /** Ends it and throws its data away. */
  stop(): Promise<void>;
}

export interface DisposableRabbit extends Disposable {
  /** Address of the management interface with its credentials. */
  readonly api: string;
  /** A script that runs rabbitmqctl against this broker. */
  readonly ctl: string;
}

/** Needs about 5 s and 100 MB. */
export function startRabbit(): Promise<DisposableRabbit>;

export interface DisposablePostgres extends Disposable {
  /** The folder of its data. */
  readonly data: string;
  /** Where its small disk is mounted, for a tablespace; only the server sees it. */
  readonly disk: string;
}

/** Needs about 1 s. `url` is a superuser's; `smallDisk` in megabytes, empty after every start. */
export function startPostgres(options?: {
  durable?: boolean;
  settings?: string[];
  smallDisk?: number;
}): Promise<DisposablePostgres>;

/** Whether this machine lets its users have a small disk. */
export function canHaveDisk(): boolean;
