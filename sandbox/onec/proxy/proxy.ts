import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  contentTypeOf,
  readAnswer,
  readRequest,
  writeFault,
  writeRequest,
  writeResponse,
  type OperationName,
  type Request,
} from '#synchronizer';
import { licenceText, lockedPage, loginPage, serverPage } from './pages.js';
import { reshapePage, shiftPairs } from './reshape.js';
import { Sessions } from './sessions.js';
import type { Switches } from './switches.js';

/** What the publication has seen. */
export interface Traffic {
  calls: { operation: string; time: number; session: 'none' | 'start' | 'cookie' | 'finish'; status: number }[];
  /** Most calls that were in hand at the same time. */
  atOnce: number;
}

const faultOf = (text: string): string =>
  `Неизвестная ошибка. {WebСервис.ITK_Synchronizer.Модуль(57)}: ${text}\nпо причине:\n{WebСервис.ITK_Synchronizer.Модуль(57)}: ${text}`;

/** Stands before the component's web service and behaves as a 1C publication may. */
export class Proxy {
  readonly traffic: Traffic = { calls: [], atOnce: 0 };
  readonly sessions: Sessions;
  private lastCall = 0;
  private inHand = 0;

  constructor(
    private readonly switches: Switches,
    private readonly zone: string,
    private readonly component: () => string | undefined,
  ) {
    this.sessions = new Sessions(switches);
  }

  async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const asked = request.method === 'POST' ? read(body) : undefined;
    const operation = asked?.operation ?? (request.method === 'GET' ? 'wsdl' : '?');
    this.traffic.atOnce = Math.max(this.traffic.atOnce, ++this.inHand);
    const seen = { operation, time: Date.now(), session: sessionOf(request), status: 0 };
    this.traffic.calls.push(seen);
    response.once('close', () => {
      this.inHand--;
      seen.status = response.headersSent ? response.statusCode : 0;
    });
    await this.wait();
    if (this.misbehaves(operation, request, response, asked)) return;
    const admission = await this.sessions.admit(request);
    if ('refused' in admission) {
      const { refused } = admission;
      if (refused === 'licence') send(response, 500, 'text/html; charset=utf-8', licenceText);
      else send(response, refused, 'text/html; charset=utf-8', '');
      return;
    }
    try {
      const answer = await this.answer(request, body, asked);
      if (answer.status === 200 && admission.setCookie) response.setHeader('set-cookie', admission.setCookie);
      this.finish(response, answer, operation);
    } finally {
      admission.leave();
    }
  }

  private async wait(): Promise<void> {
    const { warm, cold, coldAfter } = this.switches.latency;
    const rested = Date.now() - this.lastCall > coldAfter;
    this.lastCall = Date.now();
    const pause = rested ? cold : warm;
    if (pause > 0) await sleep(pause);
  }

  /** Failures of the server rather than of the operation. */
  private misbehaves(operation: string, request: IncomingMessage, response: ServerResponse, asked?: Request): boolean {
    const { locked, status, html, silent, reset, fault } = this.switches;
    if (locked) {
      const page = lockedPage(locked.form, locked.bom);
      send(response, locked.status, page.type, page.body);
      return true;
    }
    if (!this.fails(operation)) return false;
    if (silent) return this.counted(true);
    if (reset) {
      request.socket.destroy();
      return this.counted(true);
    }
    if (status !== null) {
      // 400 means that the session is unknown.
      if (status === 400) this.sessions.forgetAll();
      send(response, status, 'text/html; charset=utf-8', status === 406 || status === 400 ? '' : serverPage(status));
      return this.counted(true);
    }
    if (html) {
      send(response, 200, 'text/html; charset=utf-8', loginPage);
      return this.counted(true);
    }
    if (fault !== null && asked) {
      send(
        response,
        500,
        contentTypeOf(asked.version),
        this.dress(writeFault('server', faultOf(fault), asked.version)),
      );
      return this.counted(true);
    }
    return false;
  }

  private fails(operation: string): boolean {
    const { failing, failingCalls } = this.switches;
    return (failing === null || failing.includes(operation as OperationName)) && failingCalls !== 0;
  }

  private counted(struck: boolean): boolean {
    if (this.switches.failingCalls !== null) this.switches.failingCalls--;
    return struck;
  }

  private async answer(
    request: IncomingMessage,
    body: string,
    asked: Request | undefined,
  ): Promise<{ status: number; type: string; body: string }> {
    if (!asked) return this.withoutMissing(await this.forward(request, body));
    const missing = this.switches.missingOperations.includes(asked.operation as OperationName);
    if (missing) return this.raise(asked, `Неизвестная операция ${asked.operation}`);
    const { faultAtCode, conversion } = this.switches;
    if (asked.operation === 'SetCronflag') {
      const list = asked.parameters.Students ?? '';
      if (faultAtCode !== null && list.includes(`${faultAtCode}#`)) return this.raise(asked, 'Ошибка записи регистра');
      if (conversion === 'utcWall') body = rewritten(asked, { Students: shiftPairs(list, this.zone) });
    }
    let answer = await this.forward(request, body);
    if (asked.operation === 'GetStudents' && !this.switches.limitCountsErrors)
      answer = await this.withoutErrorsInLimit(request, body, asked, answer);
    return answer.status === 200 ? this.reshaped(asked, answer) : answer;
  }

  private raise(asked: Request, text: string) {
    return {
      status: 500,
      type: contentTypeOf(asked.version),
      body: writeFault('server', faultOf(text), asked.version),
    };
  }

  private reshaped(asked: Request, answer: { status: number; type: string; body: string }) {
    const read = readAnswer(answer.body, asked.operation);
    if (!('result' in read)) return answer;
    const { result: forced, flagResult, unknownCodes } = this.switches;
    const write = (text: string) => ({
      ...answer,
      body: writeResponse(asked.operation, text, asked.namespace, asked.version),
    });
    if (asked.operation === 'GetStudents') {
      if (forced === 'nil') return { ...answer, body: nilled(write('x').body) };
      if (forced === 'absent') return { ...answer, body: withoutReturn(write('x').body) };
      if (forced === 'broken-json') return write(read.result.slice(0, -3));
      return write(forced ?? reshapePage(read.result, this.switches));
    }
    if (asked.operation === 'SetCronflag' || asked.operation === 'SetErrorCronflag') {
      if (flagResult === 'absent') return { ...answer, body: withoutReturn(write('x').body) };
      if (flagResult !== null) return write(flagResult);
      if (read.result !== 'true' && unknownCodes === 'fault') return this.raise(asked, 'Не найден студент с кодом');
      if (read.result !== 'true' && unknownCodes === 'skip') return write('true');
    }
    return write(read.result);
  }

  /** Asked again until no new faulty student comes: those of the first answers are flagged by then. */
  private async withoutErrorsInLimit(
    request: IncomingMessage,
    body: string,
    asked: Request,
    first: { status: number; type: string; body: string },
  ) {
    const errors: unknown[] = [];
    let answer = first;
    for (;;) {
      const read = answer.status === 200 ? readAnswer(answer.body, asked.operation) : undefined;
      if (!read || !('result' in read)) return answer;
      const page = JSON.parse(read.result) as Record<string, unknown>[];
      const faulty = page.filter((element) => 'error' in element);
      errors.push(...faulty);
      if (faulty.length === 0)
        return {
          ...answer,
          body: writeResponse(asked.operation, JSON.stringify([...errors, ...page]), asked.namespace, asked.version),
        };
      answer = await this.forward(request, body);
    }
  }

  private async forward(request: IncomingMessage, body: string) {
    const component = this.component();
    if (component === undefined) return { status: 503, type: 'text/html; charset=utf-8', body: serverPage(503) };
    const path = (request.url ?? '').replace(/^.*?\/ws\//, '/ws/');
    const answer = await fetch(new URL(path, component), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        ['authorization', 'content-type', 'soapaction'].flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      ),
      ...(request.method === 'POST' && { body }),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? 'text/plain',
      body: await answer.text(),
    };
  }

  private withoutMissing(answer: { status: number; type: string; body: string }) {
    let { body } = answer;
    for (const name of this.switches.missingOperations)
      body = body.replace(new RegExp(`\\t\\t<operation name="${name}">[\\s\\S]*?\\t\\t</operation>\\r\\n`, 'g'), '');
    return { ...answer, body };
  }

  /** The platform's layout: line ends, declaration, prefix, mark of byte order. */
  private dress(xml: string): string {
    const { prefix, declaration, crlf, bom } = this.switches;
    let text = xml;
    if (prefix !== 'm') text = text.replace(/(<\/?)m:/g, `$1${prefix}:`).replace(/xmlns:m=/g, `xmlns:${prefix}=`);
    if (declaration) text = `<?xml version="1.0" encoding="UTF-8"?>\r\n${text}`;
    if (!crlf) text = text.replace(/\r\n/g, '\n');
    return bom ? `\uFEFF${text}` : text;
  }

  private finish(
    response: ServerResponse,
    answer: { status: number; type: string; body: string },
    operation: string,
  ): void {
    const xml = answer.body.startsWith('<soap:');
    const bytes = Buffer.from(xml ? this.dress(answer.body) : answer.body, 'utf8');
    const { cut } = this.switches;
    if (cut === null || !this.fails(operation)) return send(response, answer.status, answer.type, bytes);
    this.counted(true);
    const half = bytes.subarray(0, Math.floor(bytes.length * 0.6));
    if (cut === 'body') return send(response, answer.status, answer.type, half);
    response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': String(bytes.length) });
    response.write(half, () => response.destroy());
  }
}

const read = (body: string): Request | undefined => {
  try {
    return readRequest(body);
  } catch {
    return undefined;
  }
};

const rewritten = (asked: Request, changed: Record<string, string>): string =>
  writeRequest(
    asked.operation as 'SetCronflag',
    { ...asked.parameters, ...changed } as never,
    asked.namespace,
    asked.version,
  );

const sessionOf = (request: IncomingMessage): Traffic['calls'][number]['session'] => {
  const asked = String(request.headers.ibsession ?? '').toLowerCase();
  if (asked === 'finish' || asked === 'start') return asked;
  return /ibsession=/i.test(request.headers.cookie ?? '') ? 'cookie' : 'none';
};

const nilled = (xml: string): string => xml.replace(/>x<\/m:return>/, ' xsi:nil="true"/>');
const withoutReturn = (xml: string): string => xml.replace(/\t\t\t<m:return[\s\S]*?<\/m:return>\r\n/, '');

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="1C:Enterprise 8"');
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
