import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { naiveOf } from '#synchronizer';
import { ODataPublication } from './odata/publication.js';
import { iasuShape } from './odata/shapes/iasu.js';
import { stockShape } from './odata/shapes/stock.js';
import { Proxy, type Traffic } from './proxy/proxy.js';
import { defaultSwitches, type Switches } from './proxy/switches.js';
import { Changes } from './university/changes.js';
import { expectedIn, type Expected } from './university/expected.js';
import { generateUniversity } from './university/generate.js';
import type { University } from './university/university.js';

export interface SandboxOptions {
  port?: number;
  host?: string;
  students?: number;
  seed?: number;
  /** Names in the ELS directory. */
  systems?: string[];
  courses?: number;
  /** At least so many. */
  curricula?: number;
  faulty?: number;
  zone?: string;
  /** Base address of the component behind the web service. */
  component?: string;
  /** In place of a generated one. */
  university?: University;
  switches?: Partial<Switches>;
}

export type ShapeName = 'stock' | 'iasu';

export interface SandboxOneC {
  readonly url: string;
  /** Address of the publication, to be given to a client. */
  readonly webService: string;
  /** Addresses of OData: stock 1C:University PROF, and the paper's IASU; what was asked there. */
  readonly odata: Record<ShapeName, { url: string; asked: string[] }>;
  readonly university: University;
  readonly changes: Changes;
  readonly switches: Switches;
  readonly traffic: Traffic;
  /** The component may start later than the sandbox, for it reads the snapshot here. */
  component: string | undefined;
  expected(els: string): Map<string, Expected>;
  /** Sessions that stand open: each holds a licence. */
  openSessions(): number;
  /** As after a restart of 1C's cluster: every session is unknown. */
  forgetSessions(): void;
  /** All switches as they were at the start. */
  reset(): void;
  close(): Promise<void>;
}

const bases = { stock: '/univer/odata/standard.odata', iasu: '/iasu/odata/standard.odata' };

const usual = {
  host: '127.0.0.1',
  students: 200,
  seed: 1,
  systems: ['lms'],
  courses: 40,
  faulty: 0.02,
  zone: 'Europe/Moscow',
};

/** A 1C:University with its publication of ITK_Synchronizer, whose faults and habits are behind switches. */
export async function createSandboxOneC(given: SandboxOptions = {}): Promise<SandboxOneC> {
  const options = { ...usual, ...given };
  const university = options.university ?? generateUniversity({ ...options, today: new Date() });
  const changes = new Changes(university, options.seed, options.zone);
  const switches: Switches = { ...defaultSwitches(), ...options.switches };
  const proxy = new Proxy(switches, options.zone, () => sandbox.component);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: String(error) }));
    });
  });
  const now = () => naiveOf(Date.now() / 1000, options.zone);
  const publications = {
    stock: new ODataPublication(bases.stock, () => stock, switches.odata),
    iasu: new ODataPublication(bases.iasu, () => iasu, switches.odata),
  };
  const [stock, iasu] = [stockShape(university, now), iasuShape(university)];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    };
    if (/\/ws\//.test(pathname)) return proxy.pass(request, response);
    for (const shape of ['stock', 'iasu'] as const)
      if (pathname.startsWith(bases[shape])) return publications[shape].pass(request, response);
    switch (`${request.method} ${pathname}`) {
      case 'GET /':
      case 'GET /sandbox':
        return json(200, { sandbox: '1C', students: university.students.length, component: sandbox.component ?? null });
      case 'GET /snapshot':
        return json(200, university);
      case 'GET /sandbox/switches':
        return json(200, switches);
      case 'PATCH /sandbox/switches':
      case 'PUT /sandbox/switches': {
        const { odata, ...others } = (await bodyOf(request)) as Partial<Switches>;
        Object.assign(switches, others);
        Object.assign(switches.odata, odata);
        return json(200, switches);
      }
      case 'DELETE /sandbox/switches':
        sandbox.reset();
        return json(200, switches);
      case 'GET /sandbox/expected':
        return json(
          200,
          Object.fromEntries(expectedIn(university, searchParams.get('els') ?? options.systems[0] ?? '', now())),
        );
      case 'GET /sandbox/traffic':
        return json(200, proxy.traffic);
      case 'POST /sandbox/changes':
        return json(200, { changed: change(changes, (await bodyOf(request)) as ChangeRequest) ?? null });
      default:
        return json(404, { error: 'no such page of the sandbox' });
    }
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host, resolve);
  });
  const url = `http://${options.host}:${(server.address() as AddressInfo).port}`;
  const sandbox: SandboxOneC = {
    url,
    webService: `${url}/univer/ws/ITK_Synchronizer.1cws`,
    odata: {
      stock: { url: url + bases.stock, asked: publications.stock.asked },
      iasu: { url: url + bases.iasu, asked: publications.iasu.asked },
    },
    university,
    changes,
    switches,
    traffic: proxy.traffic,
    component: options.component,
    expected: (els) => expectedIn(university, els, now()),
    openSessions: () => proxy.sessions.count,
    forgetSessions: () => proxy.sessions.forgetAll(),
    reset: () => {
      const { odata, ...others } = { ...defaultSwitches(), ...options.switches };
      Object.assign(switches, others);
      Object.assign(switches.odata, odata);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return sandbox;
}

async function bodyOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as object;
}

type ChangeRequest =
  | { change: 'moveToGroup'; student: string; group: string; semester?: number }
  | { change: 'expel' | 'restore'; student: string }
  | { change: 'rename'; student: string; lastname?: string; firstname?: string; middlename?: string }
  | { change: 'admit'; count: number; group: string; semester?: number }
  | ({ change: 'bind' } & Parameters<Changes['bind']>[0]);

function change(changes: Changes, asked: ChangeRequest): string[] | void {
  switch (asked.change) {
    case 'moveToGroup':
      return changes.moveToGroup(asked.student, asked.group, asked.semester);
    case 'expel':
      return changes.expel(asked.student);
    case 'restore':
      return changes.restore(asked.student);
    case 'rename': {
      const { lastname, firstname, middlename } = asked;
      return changes.rename(asked.student, {
        ...(lastname !== undefined && { lastname }),
        ...(firstname !== undefined && { firstname }),
        ...(middlename !== undefined && { middlename }),
      });
    }
    case 'admit':
      return changes.admit(asked.count, asked.group, asked.semester);
    case 'bind':
      return changes.bind(asked);
    default:
      throw new Error('no such change');
  }
}
