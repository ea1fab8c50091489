import type { SynchronizationError } from '#contracts';
import { instead, resultOf, sniff } from './classify.js';
import { writeFault, writeResponse } from './envelope.js';

test.each([
  ['', 'empty'],
  [' \r\n\t', 'empty'],
  ['\ufeff', 'empty'],
  ['<?xml version="1.0"?><a/>', 'xml'],
  ['\ufeff  <a/>', 'xml'],
  ['<!DOCTYPE html><p>', 'html'],
  ['<HTML>', 'html'],
  ['<?xml version="1.0"?>\n<html>', 'html'],
  ['<?xml version="1.0"?><!-- a page -->\n<html>', 'html'],
  ['<!-- a page --><body>', 'html'],
  ['<head>', 'html'],
  ['<title>', 'html'],
  ['<h1>', 'html'],
  ['<hr/>', 'xml'],
  ['<a><html>', 'xml'],
  ['{"a":1}', 'json'],
  ['[1]', 'json'],
  ['text {', 'text'],
  ['text <', 'text'],
])('%j is %s', (body, form) => expect(sniff(body)).toBe(form));

const asked = { operation: 'GetStudents', els: 'LMS' };
const answer = (status: number, body: string, challenge?: string) => ({
  ...{ status, body, marked: false },
  headers: challenge === undefined ? {} : { 'www-authenticate': challenge },
});
const namespace = 'http://itk.example.org/synchronizer';
const fault = (text: string) => writeFault('server', text, '1.1');
const good = writeResponse('GetStudents', '[]', namespace, '1.1');
const other = writeResponse('GetELS', '[]', namespace, '1.1');

function verdict(...given: Parameters<typeof answer>): string {
  try {
    return `text ${resultOf(answer(...given), asked)}`;
  } catch (error) {
    return (error as Error).name;
  }
}

test.each<[string, Parameters<typeof answer>, string]>([
  ['the result', [200, good], 'text []'],
  ['nothing', [200, ''], 'ProtocolError'],
  ['another operation', [200, other], 'ProtocolError'],
  ['a page', [200, '<html><title>Login</title></html>'], 'ProtocolError'],
  ['a page that says locked', [200, '<html>Начало сеанса с информационной базой запрещено.</html>'], 'LockedError'],
  ['text that says locked', [200, 'Session start is not allowed'], 'LockedError'],
  ['another way to say so', [200, 'The session cannot begin: forbidden'], 'LockedError'],
  ['and another', [200, '{"m":"Соединение с информационной базой запрещено"}'], 'LockedError'],
  ['an envelope that says locked', [200, other.replace('[]', 'Начало сеанса запрещено')], 'LockedError'],
  ['words of another sentence', [200, 'Начало сеанса. Другое запрещено'], 'ProtocolError'],
  ['no licence', [200, 'Не обнаружено свободной лицензии!'], 'LicenceError'],
  ['no licence in other words', [200, 'Не найдена лицензия'], 'LicenceError'],
  ['no licence, English', [200, 'no free license'], 'LicenceError'],
  ['no licence, English too', [200, 'Licence is not found'], 'LicenceError'],
  ['no licence, with a status', [500, 'Не найдена лицензия'], 'LicenceError'],
  ['locked, with a status', [403, 'Начало сеанса запрещено'], 'LockedError'],
  [
    'a good answer about licences is an answer',
    [200, good.replace('[]', 'лицензия не найдена')],
    'text лицензия не найдена',
  ],
  ['a fault that says locked', [500, fault('Начало сеанса запрещено')], 'LockedError'],
  ['a fault that says licence', [500, fault('no free licence')], 'LicenceError'],
  ['a fault that knows no ELS', [500, fault('Не найдена ЭОС LMS')], 'UnknownElsError'],
  ['in other words', [200, fault('Не найден   систем')], 'UnknownElsError'],
  ['in English', [200, fault('ELS LMS not found')], 'UnknownElsError'],
  ['in English too', [200, fault('Unknown system')], 'UnknownElsError'],
  ['another fault', [500, fault('Деление на 0')], 'FaultError'],
  ['401', [401, ''], 'AuthenticationError'],
  ['401 that offers Basic', [401, '', 'Negotiate, Basic realm="1C"'], 'AuthenticationError'],
  ['401 that offers basic', [401, '', 'basic'], 'AuthenticationError'],
  ['401 that offers what cannot be used', [401, '', 'Negotiate, NTLM'], 'AuthenticationSchemeError'],
  ['401 that offers what nobody knows', [401, '', 'Strange'], 'AuthenticationError'],
  ['402', [402, ''], 'LicenceError'],
  ['403', [403, ''], 'AccessError'],
  ['404', [404, good], 'PublicationError'],
  ['405', [405, good], 'PublicationError'],
  ['406', [406, ''], 'BusyError'],
  ['300', [300, ''], 'PublicationError'],
  ['399', [399, ''], 'PublicationError'],
  ['299 with a result', [299, good], 'text []'],
  ['400 with a result', [400, good], 'ProtocolError'],
  ['500 with a result', [500, good], 'ServerError'],
  ['500 with a page', [500, '<html></html>'], 'ServerError'],
  ['502 and nothing', [502, ''], 'ServerError'],
  ['500 with damaged XML', [500, '<a>'], 'ServerError'],
  ['200 with damaged XML', [200, '<a>'], 'ProtocolError'],
  ['XML of something else', [200, '<a/>'], 'ProtocolError'],
  ['500 with XML of something else', [500, '<a/>'], 'ServerError'],
])('%s', (_, given, expected) => expect(verdict(...given)).toBe(expected));

test('an operation without a system knows no unknown one', () => {
  expect(() => resultOf(answer(200, fault('Unknown system')), { operation: 'GetELS' })).toThrow(
    expect.objectContaining({ name: 'FaultError' }),
  );
});

const failureOf = (...given: Parameters<typeof answer>): SynchronizationError['failure'] => {
  try {
    resultOf(answer(...given), asked);
  } catch (error) {
    return (error as SynchronizationError).failure;
  }
  throw new Error('no error');
};

test('the schemes offered are told once each, the title of a page as well, and of either no person', () => {
  expect(failureOf(401, '', 'Negotiate, NTLM, NTLM').reason.en).toContain('Negotiate, NTLM');
  expect(failureOf(401, '', 'Negotiate, NTLM, NTLM').reason.en).not.toContain('NTLM, NTLM');
  expect(failureOf(503, '<html><title> Service down </title></html>').reason.en).toContain('(Service down)');
  expect(failureOf(503, '<html><title></title></html>').reason.en).not.toContain('(');
  expect(failureOf(302, '').reason.en).toContain('redirect');
});

test('what came instead is named', () => {
  expect(instead('html', '<title>Login</title>', 'WSDL').en).toBe('an HTML page came instead of WSDL (Login)');
  expect(instead('json', '{}', 'SOAP').en).toBe('something else came instead of SOAP');
});
