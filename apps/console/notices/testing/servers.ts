import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Mail {
  to: string[];
  /** The message as it came: headers and body. */
  raw: string;
}

/** An SMTP server on this machine that keeps what comes. */
export class MailServer {
  readonly mails: Mail[] = [];
  /** What it answers to a message instead of taking it. */
  refuses?: number | undefined;
  readonly refusedRecipients = new Set<string>();
  port = 0;
  private server!: SMTPServer;

  async open(more: SMTPServerOptions = {}, port = 0): Promise<this> {
    this.server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100 },
      onRcptTo: ({ address }, _session, callback) =>
        callback(this.refusedRecipients.has(address) ? refusal(550) : undefined),
      onData: (stream, session, callback) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          if (this.refuses !== undefined) return callback(refusal(this.refuses));
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ to, raw: Buffer.concat(parts).toString() });
          callback();
        });
      },
      ...more,
    });
    // A client that goes away in the midst is no matter of the server's.
    this.server.on('error', () => undefined);
    await new Promise<void>((opened) => this.server.listen(port, '127.0.0.1', opened));
    this.port = (this.server.server.address() as AddressInfo).port;
    return this;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

const refusal = (responseCode: number): Error =>
  Object.assign(new Error('refused by <b>ivanov@example.edu</b>'), { responseCode });

export interface Called {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An HTTP server that keeps what it was called with, and answers `status`. */
export class HookServer {
  readonly calls: Called[] = [];
  status = 200;
  url = '';
  private readonly server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      this.calls.push({ method, path, headers, body: Buffer.concat(parts).toString() });
      response.writeHead(this.status).end('ok');
    });
  });

  async open(): Promise<this> {
    await new Promise<void>((opened) => this.server.listen(0, '127.0.0.1', opened));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

/** Of a mail: its header, unfolded. */
export const headerOf = ({ raw }: Mail, name: string): string | undefined =>
  new RegExp(`^${name}: ?(.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw.split('\r\n\r\n')[0]!)?.[1]?.replace(/\r\n\s+/g, ' ');
