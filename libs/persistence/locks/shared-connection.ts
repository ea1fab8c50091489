import { openWatchedConnection, type WatchedConnection } from '../connection/watched-connection.js';

/** Milliseconds after which a connection that nobody needs any more is closed: long enough between start and consuming. */
const longestRest = 1_000;

/** Who releases a lock says so here, with the lock's number: who waits for it need not wait for the next look. */
export const leaseChannel = 'itk_leases';

/** The one connection on which all locks of this process on one database live. Made when needed, anew when lost. */
class SharedConnection {
  private connection: WatchedConnection | undefined;
  private opening: { connection: Promise<WatchedConnection>; quit: AbortController } | undefined;
  private users = 0;
  private resting: NodeJS.Timeout | undefined;

  constructor(private readonly url: string) {}

  /** From here on somebody needs it, until {@link leave}. */
  enter(): void {
    this.users += 1;
    clearTimeout(this.resting);
    if (this.users === 1) this.connection?.occupy();
  }

  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    this.opening?.quit.abort(new Error('nobody waits for a lock any more'));
    this.opening = undefined;
    this.connection?.rest();
    this.resting = setTimeout(() => {
      void this.connection?.close();
      this.connection = undefined;
    }, longestRest).unref();
  }

  /** One that lives. Throws when the server cannot be reached, or cannot write. */
  async connect(): Promise<WatchedConnection> {
    if (this.connection && !this.connection.lost.aborted) return this.connection;
    if (!this.opening) {
      const quit = new AbortController();
      const opening = { quit, connection: this.open(quit.signal) };
      this.opening = opening;
      const over = (): void => void (this.opening === opening && (this.opening = undefined));
      opening.connection.then(over, over);
    }
    return this.opening.connection;
  }

  private async open(quit: AbortSignal): Promise<WatchedConnection> {
    const connection = await openWatchedConnection(this.url, 'leases', quit);
    try {
      await connection.ask(`listen ${leaseChannel}`);
      quit.throwIfAborted();
    } catch (error) {
      await connection.close();
      throw error;
    }
    return (this.connection = connection);
  }
}

export type { SharedConnection };

const connections = new Map<string, SharedConnection>();

/** By address: a process has one database. */
export function sharedConnection(url: string): SharedConnection {
  const found = connections.get(url) ?? new SharedConnection(url);
  connections.set(url, found);
  return found;
}
