import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface LittleProxy {
  /** With what it wants as credentials. */
  url: string;
  host: string;
  /** `GET http://moodle.example/x` or `CONNECT moodle.example:443`, oldest first. */
  seen: string[];
  close(): Promise<void>;
}

/**
 * A proxy that knows names nobody else does: each leads to a port of this machine. Takes plain requests for http and
 * CONNECT for https only, as many do.
 * @param names `moodle.example` -> port
 * @param credentials `user:password` that it insists on
 */
export async function littleProxy(names: Record<string, number>, credentials?: string): Promise<LittleProxy> {
  const seen: string[] = [];
  const open = new Set<Duplex>();
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const refusal = (asked: IncomingMessage, name: string): number | undefined => {
    if (wanted && asked.headers['proxy-authorization'] !== wanted) return 407;
    return names[name] === undefined ? 403 : undefined;
  };
  const server = createServer((asked, answer) => {
    seen.push(`${asked.method} ${asked.url}`);
    const target = new URL(asked.url ?? '', 'http://itself');
    const refused = refusal(asked, target.hostname);
    if (refused) return void answer.writeHead(refused).end('<html>proxy</html>');
    const { 'proxy-authorization': _, ...headers } = asked.headers;
    const onward = request(
      { port: names[target.hostname], path: target.pathname + target.search, method: asked.method, headers },
      (got) => got.pipe(answer.writeHead(got.statusCode ?? 502, got.headers)),
    );
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  server.on('connection', (socket) => open.add(socket));
  server.on('connect', (asked: IncomingMessage, socket: Duplex) => {
    seen.push(`CONNECT ${asked.url}`);
    socket.on('error', () => undefined);
    const [name = '', port] = (asked.url ?? '').split(':');
    const refused = port === '80' ? 405 : refusal(asked, name);
    if (refused) return void socket.end(`HTTP/1.1 ${refused} no\r\ncontent-length: 0\r\n\r\n`);
    const onward = connect(names[name]!, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    open.add(onward);
    onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${credentials ? `${credentials}@` : ''}${host}`,
    host,
    seen,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
