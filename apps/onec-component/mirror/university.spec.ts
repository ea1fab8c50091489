import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SnapshotUniversity, UniversityError } from './university.js';

let server: Server;
let asked: string[];
beforeAll(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('a redirect of the snapshot is refused, not followed', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/snapshot`;
  await expect(new SnapshotUniversity(url).read(undefined)).rejects.toThrow(UniversityError);
  expect(asked).toEqual(['/snapshot']);
});
