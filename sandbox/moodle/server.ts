import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control } from './inspection/control.js';
import { RestServer } from './rest.js';
import { Site } from './site.js';
import { SandboxState } from './store/state.js';
import { defaultSwitches, type Switches } from './switches/switches.js';

export interface SandboxMoodleOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  /** Courses made at the start, numbered from 2. */
  readonly courses?: number;
  /** For faults with a probability. */
  readonly seed?: number;
  readonly switches?: Partial<Switches>;
}

export interface SandboxMoodle {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly state: SandboxState;
  readonly switches: Switches;
  /** Empties the site and its counters, makes the courses of the start again; switches stay. */
  reset(): void;
  /** Sets every switch back to what it was at the start. */
  mend(): void;
  /** Refuses connections until `comeBack`; the site is kept. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a stand-in Moodle with everything in memory. */
export async function createSandboxMoodle(options: SandboxMoodleOptions = {}): Promise<SandboxMoodle> {
  const host = options.host ?? '127.0.0.1';
  const token = options.token ?? 'sandbox';
  const switches: Switches = { ...defaultSwitches(), tokens: [token], ...options.switches };
  const atStart = structuredClone(switches);
  const freshSite = (): Site => {
    const made = new Site(new SandboxState(), switches);
    made.state.addCourses(options.courses ?? 0);
    return made;
  };
  let site = freshSite();
  let closed = false;
  const rest = new RestServer(() => site, options.seed ?? 1);

  const sandbox: SandboxMoodle = {
    get url() {
      return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    },
    token,
    get port() {
      return port;
    },
    get state() {
      return site.state;
    },
    switches,
    reset: () => {
      site = freshSite();
    },
    mend: () => {
      Object.assign(switches, structuredClone(atStart));
    },
    goAway: () => stop(server),
    comeBack: async () => {
      if (!closed && !server.listening) await listen(server, port, host);
    },
    close: () => {
      closed = true;
      return stop(server);
    },
  };
  const server = createServer((request, response) => {
    void answer(request, response, rest, sandbox).catch((error: unknown) => {
      // A fault of the sandbox itself must not look like one of Moodle's.
      console.error(error);
      if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
      response.end(`The sandbox failed: ${String(error)}`);
    });
  });
  server.keepAliveTimeout = 75_000;
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  return sandbox;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  rest: RestServer,
  sandbox: SandboxMoodle,
): Promise<void> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const body = await read(request);
  if (path !== '/webservice/rest/server.php') {
    const reply = control(sandbox, { method: request.method ?? 'GET', path, query, body });
    response.writeHead(reply.status, reply.headers).end(reply.body);
    return;
  }
  const reply = await rest.handle({ query, headers: request.headers, body });
  if (reply === 'silent') return;
  if (reply === 'cut') {
    request.socket.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length }).end(bytes);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
