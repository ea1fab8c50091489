import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { RequestHandler } from 'express';
import type { Configuration } from '#platform';
import { originOf } from './origin.js';
import { builtPages, servePages } from './pages/pages.js';
import { securityHeaders } from './security/headers.js';

/** The largest body: some ten thousand ids of failures. */
const largestBody = '1mb';

/** What the console's express application does before a request comes to a controller. */
export function prepareHttp(app: INestApplication, { console: { http } }: Configuration, pages = builtPages): void {
  const express = app as NestExpressApplication;
  express.set('trust proxy', http.trustedProxies.length > 0 ? http.trustedProxies : false);
  express.set('etag', false);
  express.useBodyParser('json', { limit: largestBody, type: isRead });
  for (const handler of securityHeaders(originOf(http))) express.use(handler);
  express.use(compression());
  express.use('/api', notKept);
  for (const handler of servePages(pages)) express.use(handler);
}

/** The desk's bodies pass through the console unread. */
const isRead = ({ url = '', headers }: IncomingMessage): boolean =>
  !url.startsWith('/api/desk/') && /^application\/json\b/i.test(headers['content-type'] ?? '');

/** What the API answers is of this moment and for this reader. */
const notKept: RequestHandler = (_, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
