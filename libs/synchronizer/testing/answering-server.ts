import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SynchronizerClient, type SynchronizerOptions } from '../client.js';
import { writeResponse } from '../soap/envelope.js';
import { writeWsdl } from '../soap/wsdl.js';

export const namespace = 'http://itk.example.org/synchronizer';

export interface Seen {
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export const page = (text: string): string => writeResponse('GetStudents', text, namespace, '1.1');
export const say = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'text/xml', ...headers });
  response.end(body);
};

/** A web server in place of 1C's, which answers as a test has it, and a client of it. */
export class AnsweringServer {
  seen: Seen[] = [];
  url = '';
  answer: (request: Seen, response: ServerResponse) => void = (request, response) =>
    say(response, 200, request.method === 'GET' ? writeWsdl(namespace, this.url) : page('[]'));
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const one = { method, headers, body: Buffer.concat(chunks).toString('utf8') };
      this.seen.push(one);
      this.answer(one, response);
    });
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/univer/ws/ITK_Synchronizer.1cws`;
    return this;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  client(more: Partial<SynchronizerOptions> = {}): SynchronizerClient {
    return new SynchronizerClient({
      ...{ url: this.url, user: 'Администратор', password: () => '', namespace, rename: {} },
      ...{ errorCodePattern: '(\\d+)', busyPause: 20 },
      serialize: (work) => work(new AbortController().signal),
      ...more,
    });
  }
}
