import { Catch, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { throwError, type Observable } from 'rxjs';

/** Nest turns what a message handler throws into "Internal server error"; the transport needs the error itself. */
@Catch()
export class RethrowFilter extends BaseExceptionFilter implements RpcExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): Observable<never> {
    if (host.getType() === 'rpc') return throwError(() => error);
    super.catch(error, host);
    return throwError(() => error);
  }
}
