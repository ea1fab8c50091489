import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request as HttpRequest, Response } from 'express';
import { CONFIGURATION, log, type Configuration } from '#platform';
import {
  BadRequestError,
  CharsetError,
  contentTypeOf,
  decodeRequest,
  NotXmlError,
  readRequest,
  writeFault,
  writeResponse,
  writeWsdl,
  type SoapVersion,
} from '#synchronizer';
import { Accounts, TooManyTriesError, type Account } from '../accounts/accounts.js';
import { Synchronizer } from '../registers/synchronizer.js';
import { CallerFault, named, perform } from './dispatch.js';
import { faultText, ServiceFault } from './service-fault.js';

const logger = log('WebService');

const callersFaults = [CallerFault, CharsetError, NotXmlError, BadRequestError];

/** IIS takes no larger body either. Bytes. */
const largestBody = 30 * 1024 * 1024;

const page = (title: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head><body><h2>${title}</h2></body></html>`;

/** ITK_Synchronizer at both of 1C's addresses, for SOAP 1.1 and 1.2; the answer has the version of the request. */
@Controller(['ws/ITK_Synchronizer.1cws', 'ws/ITK_Synchronizer'])
export class WebServiceController {
  private readonly namespace: string;

  constructor(
    @Inject(Synchronizer) private readonly synchronizer: Synchronizer,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.namespace = configuration.onecComponent?.namespace ?? 'http://itk.example.org/synchronizer';
  }

  @Get()
  async describe(@Req() request: HttpRequest, @Res() response: Response): Promise<void> {
    if (!(await this.admits(request, response))) return;
    if (!Object.keys(request.query).some((name) => name.toLowerCase() === 'wsdl')) {
      response.status(404).type('text/html').send(page('Not Found'));
      return;
    }
    const address = `${request.protocol}://${request.get('host') ?? 'localhost'}${request.path}`;
    response.status(200).set('content-type', 'text/xml; charset=utf-8').send(writeWsdl(this.namespace, address));
  }

  @Post()
  async call(@Req() request: HttpRequest, @Res() response: Response): Promise<void> {
    if (!(await this.admits(request, response))) return;
    const say = (status: number, version: SoapVersion, body: string): void => {
      // Buffer: Express would add its own charset and an ETag to a string.
      response.status(status).set('content-type', contentTypeOf(version)).end(Buffer.from(body, 'utf8'));
    };
    let version: SoapVersion = /soap\+xml/i.test(request.get('content-type') ?? '') ? '1.2' : '1.1';
    let operation = '';
    try {
      const asked = readRequest(await bodyOf(request));
      ({ version, operation } = asked);
      say(200, version, writeResponse(operation, await perform(this.synchronizer, asked), this.namespace, version));
    } catch (error) {
      const callers = callersFaults.some((fault) => error instanceof fault);
      if (error instanceof Error && (callers || error instanceof ServiceFault)) {
        logger.warn('call refused', { operation: named(operation), error });
        say(500, version, writeFault(callers ? 'client' : 'server', faultText(error.message), version));
        return;
      }
      logger.error('call failed', { operation: named(operation), error });
      response.status(503).type('text/html').send(page('Service Unavailable'));
    }
  }

  /** The web service is for accounts with the role ELSAdministrator. */
  private async admits(request: HttpRequest, response: Response): Promise<boolean> {
    let account: Account | undefined;
    try {
      account = await this.accounts.authenticate(request.get('authorization'));
    } catch (error) {
      if (!(error instanceof TooManyTriesError)) logger.error('nobody can be admitted', { error });
      response.status(503).set('retry-after', '1').type('text/html').send(page('Service Unavailable'));
      return false;
    }
    if (account?.roles.includes('ELSAdministrator')) return true;
    if (account) response.status(403).type('text/html').send(page('Forbidden'));
    else
      response
        .status(401)
        .set('www-authenticate', 'Basic realm="1C:Enterprise 8", charset="UTF-8"')
        .type('text/html')
        .send(page('Unauthorized'));
    return false;
  }
}

async function bodyOf(request: HttpRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largestBody) throw new BadRequestError('the request is larger than 30 MB');
    chunks.push(chunk as Buffer);
  }
  return decodeRequest(Buffer.concat(chunks), request.get('content-type'));
}
