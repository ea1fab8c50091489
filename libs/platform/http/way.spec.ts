import { ProxyAddressError, proxyFor, wayTo } from './way.js';

const proxy = 'http://proxy.example:3128';
const way = (address: string, environment: Record<string, string>) => proxyFor(address, environment)?.origin;

test.each<[string, string, Record<string, string>, string | undefined]>([
  ['no variables', 'https://moodle.example', {}, undefined],
  ['https by HTTPS_PROXY', 'https://moodle.example', { HTTPS_PROXY: proxy }, proxy],
  ['http not by HTTPS_PROXY', 'http://moodle.example', { HTTPS_PROXY: proxy }, undefined],
  ['http by HTTP_PROXY', 'http://moodle.example', { HTTP_PROXY: proxy }, proxy],
  ['https not by HTTP_PROXY', 'https://moodle.example', { HTTP_PROXY: proxy }, undefined],
  ['small letters win', 'http://m.example', { http_proxy: proxy, HTTP_PROXY: 'http://x.example' }, proxy],
  ['an empty one counts as none', 'http://m.example', { http_proxy: '', HTTP_PROXY: ' ' }, undefined],
  ['without a scheme', 'https://m.example', { https_proxy: 'proxy.example:3128' }, proxy],
  ['this machine', 'http://localhost:8080', { http_proxy: proxy }, undefined],
  ['a name of this machine', 'http://app.localhost', { http_proxy: proxy }, undefined],
  ['this machine by address', 'http://127.0.0.2', { http_proxy: proxy }, undefined],
  ['this machine by IPv6', 'http://[::1]:80', { http_proxy: proxy }, undefined],
  ['excepted', 'http://m.example', { http_proxy: proxy, NO_PROXY: 'x.example, M.example' }, undefined],
  ['a subdomain of the excepted', 'http://a.m.example', { http_proxy: proxy, no_proxy: 'm.example' }, undefined],
  ['a leading dot', 'http://a.m.example', { http_proxy: proxy, no_proxy: '.m.example' }, undefined],
  ['a star and a dot', 'http://a.m.example', { http_proxy: proxy, no_proxy: '*.m.example' }, undefined],
  ['only an ending', 'http://am.example', { http_proxy: proxy, no_proxy: 'm.example' }, proxy],
  ['a star', 'http://m.example', { http_proxy: proxy, no_proxy: '*' }, undefined],
  ['another port', 'http://m.example', { http_proxy: proxy, no_proxy: 'm.example:8080' }, proxy],
  ['the usual port', 'http://m.example', { http_proxy: proxy, no_proxy: 'm.example:80' }, undefined],
  ['a network', 'http://10.1.2.3', { http_proxy: proxy, no_proxy: '10.0.0.0/8' }, undefined],
  [
    'beside a network',
    'http://11.1.2.3',
    { http_proxy: proxy, no_proxy: '10.0.0.0/8 nonsense/9 10.0.0.0/99 11.0.0.0/x 11.0.0.0/-1' },
    proxy,
  ],
  ['every network', 'http://11.1.2.3', { http_proxy: proxy, no_proxy: '0.0.0.0/0' }, undefined],
  ['beside an IPv6 address', 'http://[fd00::2]', { http_proxy: proxy, no_proxy: 'fd00::1' }, proxy],
  ['nothing excepted', 'http://m.example.', { http_proxy: proxy, no_proxy: ' , ' }, proxy],
  ['an IPv6 address', 'http://[fd00::1]', { http_proxy: proxy, no_proxy: 'fd00::1' }, undefined],
])('%s', (_, address, environment, expected) => expect(way(address, environment)).toBe(expected));

test('an address that is none is named by its variable, and nothing of it is told', () => {
  for (const value of [
    'http://user:se#cret@proxy:3128:1',
    'socks5://proxy:1080',
    'xhttp://proxy:1',
    'httpsx://proxy:1',
    'http://',
  ])
    expect(() => proxyFor('https://m.example', { HTTPS_PROXY: value })).toThrow(
      new ProxyAddressError('HTTPS_PROXY').message,
    );
});

describe('for the doctor', () => {
  afterEach(() => delete process.env.https_proxy);

  test('directly, through whom, or which variable is wrong; never the credentials', () => {
    expect(wayTo('https://m.example')).toMatchObject({
      severity: 'ok',
      what: { en: 'm.example: directly, without a proxy' },
    });
    process.env.https_proxy = 'http://user:secret@proxy.example';
    expect(wayTo('https://m.example').what.en).toBe('m.example: through the proxy proxy.example:80');
    process.env.https_proxy = 'http://user:secret@:1';
    expect(wayTo('https://m.example')).toMatchObject({ check: 'way', severity: 'error' });
    expect(wayTo('https://m.example').what.en).toContain('HTTPS_PROXY');
    expect(JSON.stringify(wayTo('https://m.example'))).not.toContain('secret');
  });
});
