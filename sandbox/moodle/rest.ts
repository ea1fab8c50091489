import { STATUS_CODES } from 'node:http';
import { authenticate, functionOf, maintenance, upgradeRunning } from './access.js';
import { drawFrom, type FaultKind, type FaultRule, takeFault } from './switches/faults.js';
import { type Answer, answerOf, answerOfError, html } from './protocol/answer.js';
import { type Arrived, readCall, type RestCall } from './protocol/call.js';
import { accessException, invalidParameter, invalidToken, MoodleError, writeError } from './protocol/errors.js';
import type { Site } from './site.js';
import { costOf, countRecords, InFlight, Workers } from './switches/traffic.js';

/** `cut` closes the connection, `silent` leaves it open for ever. */
export type Reply = Answer | 'cut' | 'silent';

/** Faults after which the work stands all the same. */
const afterTheDeed: ReadonlySet<FaultKind> = new Set([
  ...(['lostAnswer', 'gatewayTimeout', 'slow', 'junk', 'junkAfter'] as const),
]);

/** webservice/rest/server.php: from the bytes that came to those that go. */
export class RestServer {
  private readonly inFlight = new InFlight();
  private readonly workers = new Workers();
  private readonly draw: () => number;
  /** Work that goes on after their caller was cut off, by function. */
  private readonly unfinished = new Map<string, (() => void)[]>();

  constructor(
    private readonly site: () => Site,
    seed: number,
  ) {
    this.draw = drawFrom(seed);
  }

  async handle(arrived: Arrived): Promise<Reply> {
    const site = this.site();
    const { switches } = site;
    const { counters } = site.state;
    if (switches.away) {
      count(counters.faults, `away:${switches.away}`);
      return switches.away === 'reset' ? 'cut' : 'silent';
    }
    const early = this.beforePhp(site, arrived);
    if (early) return early;
    const call = readCall(arrived, switches);
    if (call.truncated) counters.truncatedCalls++;
    const fault = takeFault(switches.faults, call.name, this.draw, arrived.body);
    if (fault) count(counters.faults, fault.kind);

    const { flight, shared, crossed } = this.inFlight.enter(call);
    counters.sharedUserCollisions += shared;
    counters.orderCollisions += crossed;
    counters.inFlight = this.inFlight.size;
    counters.mostInFlight = Math.max(counters.mostInFlight, this.inFlight.size);
    const doomed = switches.deadlocks && shared + crossed > 0;
    try {
      await this.delay(site, call, fault);
      if (fault?.kind === 'finishesLater') {
        this.goOnLater(call.name, () => this.perform(site, call, doomed), fault.delayMs);
        return 'cut';
      }
      this.finish(call.name);
      if (fault && !afterTheDeed.has(fault.kind)) return insteadOf(site, call, fault.kind);
      const answer = this.perform(site, call, doomed);
      return fault ? spoil(answer, fault.kind) : answer;
    } finally {
      this.inFlight.leave(flight);
      counters.inFlight = this.inFlight.size;
    }
  }

  /** What Moodle answers before it has looked at the call. */
  private beforePhp(site: Site, { query, headers, body }: Arrived): Answer | undefined {
    const { switches } = site;
    if (switches.proxyMaxBytes !== null && body.length > switches.proxyMaxBytes) return ofProxy(413);
    if (switches.maintenance === 'cli') return cliMaintenance;
    const { wwwroot } = switches;
    if (wwwroot !== null && new URL(wwwroot).host !== headers.host) return redirect(wwwroot, query);
    if (switches.upgradeRunning) return answerOfError(upgradeRunning(), 'json', switches.version, false);
    if (!switches.webServices || !switches.restProtocol) return forbidden;
    return undefined;
  }

  /** Always at least one turn of the event loop, so that calls sent together are in flight together. */
  private delay(site: Site, call: RestCall, fault: FaultRule | undefined): Promise<void> {
    const { cost, latencyMs } = site.switches;
    const worked = cost ? this.workers.take(performance.now(), costOf(call, cost), cost.workers) : 0;
    const wait = latencyMs + worked + (fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0);
    return new Promise((resolve) => (wait > 0 ? setTimeout(resolve, wait) : setImmediate(resolve)));
  }

  private goOnLater(name: string, work: () => void, delayMs: number | undefined): void {
    if (delayMs !== undefined) setTimeout(work, delayMs).unref();
    else this.unfinished.set(name, [...(this.unfinished.get(name) ?? []), work]);
  }

  private finish(name: string): void {
    const waiting = this.unfinished.get(name) ?? [];
    this.unfinished.delete(name);
    for (const work of waiting) work();
  }

  private perform(site: Site, call: RestCall, doomed: boolean): Answer {
    const { switches } = site;
    const counter = site.state.counters.of(call.name || '(none)');
    counter.calls++;
    counter.records += countRecords(call);
    try {
      authenticate(site, call.token);
      const found = functionOf(site, call.name);
      const given = found.parameters(switches.version).read(call.args, switches);
      if (doomed) {
        site.state.counters.deadlocks++;
        throw writeError('ERROR:  deadlock detected');
      }
      return answerOf(found.run(site, given as never, call), call.format);
    } catch (error) {
      if (!(error instanceof MoodleError)) throw error;
      counter.refused++;
      return refusal(site, call, error);
    }
  }
}

const refusal = (site: Site, call: RestCall, error: MoodleError): Answer =>
  answerOfError(error, call.format, site.switches.version, site.switches.debug);

const forbidden: Answer = { status: 403, headers: html, body: '' };

const cliMaintenance: Answer = {
  status: 503,
  headers: { ...html, 'retry-after': '300' },
  body: '<html><body>Maintenance</body></html>',
};

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html  lang="en" xml:lang="en">\n    <head>\n        <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<title>${title}</title></head><body>${title}</body></html>`;

/** What a proxy says in its own name. */
const ofProxy = (status: 401 | 404 | 413 | 502): Answer => ({
  status,
  headers: html,
  body: page(`${status} ${STATUS_CODES[status] ?? ''}`),
});

const redirect = (root: string, query: string): Answer => ({
  status: 303,
  headers: {
    'content-type': 'text/html; charset=UTF-8',
    location: `${root}/webservice/rest/server.php${query === '' ? '' : `?${query}`}`,
  },
  body: page('Redirect'),
});

function insteadOf(site: Site, call: RestCall, kind: FaultKind): Reply {
  const refused = (error: MoodleError) => refusal(site, call, error);
  switch (kind) {
    case 'reset':
      return 'cut';
    case 'silent':
      return 'silent';
    case 'http500':
      return { status: 500, headers: html, body: '' };
    case 'http401':
      return ofProxy(401);
    case 'http404':
      return ofProxy(404);
    case 'http413':
      return ofProxy(413);
    case 'http502':
      return ofProxy(502);
    case 'http403':
      return forbidden;
    case 'cliMaintenance':
      return cliMaintenance;
    case 'html':
      return { status: 200, headers: html, body: page('Log in to the site') };
    case 'empty':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'redirect':
      return redirect('http://moodle.example', `moodlewsrestformat=${call.format}`);
    case 'redirectLoop':
      return redirect(call.calledBy, `moodlewsrestformat=${call.format}`);
    case 'maintenance':
      return refused(maintenance());
    case 'upgrade':
      return refused(upgradeRunning());
    case 'invalidToken':
      return refused(invalidToken());
    case 'refused':
      return refused(invalidParameter('a plugin of this site does not take it'));
    case 'accessException':
      return refused(accessException('Web service is not available'));
    default:
      return refused(writeError('ERROR:  deadlock detected'));
  }
}

/** Everything is done; what becomes of the answer. */
function spoil(answer: Answer, kind: FaultKind): Reply {
  if (kind === 'lostAnswer') return 'cut';
  if (kind === 'gatewayTimeout') return { status: 504, headers: html, body: page('504 Gateway Time-out') };
  if (kind === 'junk') {
    return {
      ...answer,
      body: `<br />\n<b>Warning</b>:  Undefined variable $foo in <b>plugin.php</b> on line <b>1</b><br />\n${answer.body}`,
    };
  }
  if (kind === 'junkAfter') {
    const notice = '<br />\n<b>Notice</b>:  Undefined index: [0] in <b>plugin.php</b> on line <b>1</b><br />';
    return { ...answer, body: `${answer.body}\n${notice}\n<!-- {"served":"by proxy"} -->\n` };
  }
  return answer;
}

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};
