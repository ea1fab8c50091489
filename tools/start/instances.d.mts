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

/** Needs about 1 s. `url` is a superuser's. */
export function startPostgres(options?: { durable?: boolean }): Promise<Disposable>;
