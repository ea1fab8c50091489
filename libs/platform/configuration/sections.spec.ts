import { leastConfiguration } from '../testing/configuration-file.js';
import { addresses, but, complaints, load, removeFolders } from '../testing/loading.js';

afterEach(removeFolders);

test('the management API stands beside an address of the broker that a variable gives', () => {
  const management = { url: 'http://mq:15672/', user: 'watch', passwordFile: 'watch' };
  const { broker } = load(but((_system, whole) => (whole.broker = { management })));
  expect(broker).toEqual({
    url: addresses.AMQP_URL,
    management: { url: 'http://mq:15672', user: 'watch', passwordFile: expect.stringMatching(/^\/.*\/watch$/) },
  });
});

test('notices: nobody is told unless configured, and a password goes nowhere in the clear', () => {
  const mail = { host: 'mail.example.edu', from: 'itk@example.edu', to: ['ops@example.edu'] };
  const keysOf = (notices: object) =>
    complaints(but((_system, whole) => (whole.console = { notices }))).problems.map(({ key }) => key);
  const { notices } = load(leastConfiguration).console;
  expect([notices.mail, notices.webhook, notices.heartbeat, notices.quietHours]).toEqual(Array(4).fill(undefined));
  expect(keysOf({ mail: { ...mail, user: 'itk' } })).toEqual(['console.notices.mail.passwordFile']);
  expect(keysOf({ mail: { ...mail, user: 'itk', passwordFile: 'x', security: 'none' } })).toEqual([
    'console.notices.mail.security',
  ]);
  expect(keysOf({ quietHours: { from: '22:00', until: '7:00' } })).toEqual(['console.notices.quietHours.until']);
  expect(keysOf({ quietHours: { from: '22:00', until: '22:00' } })).toEqual(['console.notices.quietHours.until']);
});

test('OpenID Connect: only over TLS, with the scope openid, and roles of systems that are there', () => {
  const openid = {
    ...{ issuer: 'https://sso.example.edu', clientId: 'itk', clientSecretFile: 'sso' },
    roles: [{ value: 'ops', role: 'operator', systems: ['lms'] }],
  };
  const of = (change: object) => but((_system, whole) => (whole.console = { openid: { ...openid, ...change } }));
  expect(load(of({})).console.openid).toMatchObject({
    clientSecretFile: expect.stringMatching(/^\/.*\/sso$/),
    claims: { login: 'preferred_username', roles: 'groups' },
  });
  const keysOf = (change: object) => complaints(of(change)).problems.map(({ key }) => key);
  expect(keysOf({ issuer: 'http://sso.example.edu' })).toEqual(['console.openid.issuer']);
  expect(keysOf({ scopes: ['profile'] })).toEqual(['console.openid.scopes']);
  expect(keysOf({ roles: [{ value: 'ops', role: 'operator', systems: ['lms', 'other'] }] })).toEqual([
    'console.openid.roles[0].systems[1]',
  ]);
  expect(keysOf({ roles: [] })).toEqual(['console.openid.roles']);
});
