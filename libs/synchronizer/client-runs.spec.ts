import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { writeFault } from './soap/envelope.js';
import { writeWsdl } from './soap/wsdl.js';
import { AnsweringServer, namespace, page, say } from './testing/answering-server.js';

let onec: AnsweringServer;
beforeEach(async () => void (onec = await new AnsweringServer().open()));
afterEach(() => onec.close());

describe('a run of calls', () => {
  const cookie = () => ({ 'set-cookie': 'ibsession=abc; path=/' });
  const states = () =>
    onec.seen.map(({ method, headers }) => [method, headers.ibsession ?? '-', headers.cookie ?? '-']);

  test('shares one session, which ends even when the work throws', async () => {
    onec.answer = (request, response) =>
      say(response, 200, page('[]'), request.headers.ibsession === 'start' ? cookie() : {});
    await expect(
      onec.client().run(async (calls) => {
        await calls.getStudents('LMS', 1);
        await calls.getStudents('LMS', 1);
        throw new Error('of the work');
      }),
    ).rejects.toThrow('of the work');
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['POST', '-', 'ibsession=abc'],
      ['GET', 'finish', 'ibsession=abc'],
    ]);
  });

  test('goes without where no cookie comes, and asks for none again', async () => {
    await onec.client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      await calls.getStudents('LMS', 1);
    });
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['POST', '-', '-'],
    ]);
  });

  test('begins a new session once when 1C does not know the old one', async () => {
    let ended = false;
    onec.answer = (request, response) => {
      if (request.headers.cookie === 'ibsession=abc' && ended) return say(response, 400, '');
      say(
        response,
        200,
        page('[]'),
        request.headers.ibsession === 'start' ? { 'set-cookie': ended ? 'ibsession=new' : 'ibsession=abc' } : {},
      );
    };
    await onec.client().run(async (calls) => {
      await calls.getStudents('LMS', 1);
      ended = true;
      await calls.getStudents('LMS', 1);
    });
    expect(states().map(([, asked, cookie]) => `${asked} ${cookie}`)).toEqual([
      'start -',
      '- ibsession=abc',
      'start -',
      'finish ibsession=new',
    ]);
  });

  test('is ended even when the first answer breaks off after its head', async () => {
    onec.answer = (request, response) => {
      if (request.headers.ibsession !== 'start') return say(response, 200, page('[]'));
      response.writeHead(200, { ...cookie(), 'content-length': '1000' });
      response.write('<', () => response.destroy());
    };
    await expect(onec.client().run((calls) => calls.getStudents('LMS', 1))).rejects.toMatchObject({
      name: 'ProtocolError',
    });
    expect(states()).toEqual([
      ['POST', 'start', '-'],
      ['GET', 'finish', 'ibsession=abc'],
    ]);
  });

  test('a failing farewell is nobody’s failure', async () => {
    onec.answer = (request, response) =>
      request.headers.ibsession === 'finish' ? void response.destroy() : say(response, 200, page('[]'), cookie());
    expect(await onec.client().run((calls) => calls.getStudents('LMS', 1))).toEqual([]);
  });

  test('is one turn at the infobase, as a single call is', async () => {
    let turns = 0;
    let inside = 0;
    const one = onec.client({
      serialize: async (work) => {
        turns++;
        expect(++inside).toBe(1);
        return work(new AbortController().signal).finally(() => inside--);
      },
    });
    await one.run((calls) => calls.getStudents('LMS', 1).then(() => calls.getStudents('LMS', 1)));
    await one.getStudents('LMS', 1);
    await one.operations();
    expect(turns).toBe(3);
  });
});

test('what the WSDL offers is believed for 10 minutes, and no longer than a call shows otherwise', async () => {
  let offered = writeWsdl(namespace, onec.url);
  onec.answer = (request, response) =>
    request.method === 'GET' ? say(response, 200, offered) : say(response, 500, writeFault('server', 'нет', '1.1'));
  const one = onec.client();
  jest.useFakeTimers({
    now: 0,
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'],
  });
  try {
    expect([await one.offers('Reoffer'), await one.offers('SetErrorCronflag')]).toEqual([true, true]);
    expect(onec.seen).toHaveLength(1);
    offered = offered.replaceAll('"Reoffer"', '"Another"');
    jest.setSystemTime(599_999);
    expect(await one.offers('Reoffer')).toBe(true);
    jest.setSystemTime(600_000);
    expect(await one.offers('Reoffer')).toBe(false);
    expect(onec.seen).toHaveLength(2);
    offered = offered.replaceAll('"SetErrorCronflag"', '"Another"');
    await expect(one.setErrorCronflag('1', 'LMS')).rejects.toMatchObject({ name: 'MissingOperationError' });
    expect(await one.offers('SetErrorCronflag')).toBe(false);
    expect(onec.seen).toHaveLength(4);
  } finally {
    jest.useRealTimers();
  }
});
