import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Origin } from '../origin.js';

/** Made anew for every answer; the pages' style elements carry it. */
export const nonceOf = (response: Response): string => (response.locals as { nonce: string }).nonce;

const self = ["'self'"];

/** No inline script, no inline style without the nonce, nothing from any other place. */
export function securityHeaders({ secure }: Origin): RequestHandler[] {
  const giveNonce: RequestHandler = (_, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64url');
    next();
  };
  return [
    giveNonce,
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: self,
          connectSrc: self,
          imgSrc: [...self, 'data:'],
          fontSrc: self,
          styleSrc: [...self, (_, response) => `'nonce-${nonceOf(response as Response)}'`],
          manifestSrc: self,
          baseUri: ["'none'"],
          formAction: self,
          frameAncestors: ["'none'"],
          ...(secure && { upgradeInsecureRequests: [] }),
        },
      },
      strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      crossOriginEmbedderPolicy: { policy: 'require-corp' },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  ];
}
