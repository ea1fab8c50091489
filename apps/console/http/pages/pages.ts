import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { nonceOf } from '../security/headers.js';

const year = 31_536_000;
/** Written beside each file when the pages are built. The better one first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

/** Where the built pages lie: beside the built services. */
export const builtPages = join(import.meta.dirname, '../../../../web');

/**
 * The pages: index.html for every address that is no file and no API, with the answer's nonce in it; assets, whose names
 * change with their content, for a year. Nothing where no pages are built. The index is read once: after a build the
 * service has to start again.
 */
export function servePages(folder: string): RequestHandler[] {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) return [];
  const index = readFileSync(file, 'utf8');
  const page: RequestHandler = (_, response) =>
    void response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(index.replaceAll('__NONCE__', nonceOf(response)));
  return [
    (request, response, next) => (request.path === '/index.html' ? page(request, response, next) : next()),
    compressedFiles(folder),
    express.static(folder, { index: false, fallthrough: true, setHeaders: cacheOf }),
    (request, response, next) => (isForAPage(request) ? page(request, response, next) : next()),
  ];
}

/** A browser that is led somewhere says that it takes HTML; one that looks for a script does not. */
const isForAPage = ({ method, path, headers }: Request): boolean =>
  method === 'GET' && path !== '/api' && !path.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '');

function cacheOf(response: Response, path: string): void {
  response.set('Cache-Control', /[/\\]assets[/\\]/.test(path) ? `public, max-age=${year}, immutable` : 'no-cache');
}

/** Hands out what was compressed at the build, where the client takes it. */
function compressedFiles(folder: string): RequestHandler {
  const serve = express.static(folder, { index: false, fallthrough: true, setHeaders: cacheOf });
  return (request, response, next) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !/\.(js|css|svg|json)$/.test(request.path))
      return next();
    response.vary('Accept-Encoding');
    const encoding = encodings.find(({ name }) => request.acceptsEncodings(name));
    if (!encoding || !isPlain(request.path) || !existsSync(join(folder, `${request.path}${encoding.suffix}`)))
      return next();
    const { path, url } = request;
    response.set('Content-Encoding', encoding.name).type(path.slice(path.lastIndexOf('.')));
    request.url = `${path}${encoding.suffix}`;
    serve(request, response, (error?: unknown) => {
      response.removeHeader('Content-Encoding');
      request.url = url;
      next(error);
    });
  };
}

/** No way out of the folder, and nothing that would have to be decoded. */
const isPlain = (path: string): boolean => /^(\/[\w-][\w.-]*)+$/.test(path) && !path.includes('..');
