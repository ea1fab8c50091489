import { foreign } from './same-origin.js';

const here = { secure: false };
const there = { publicUrl: 'https://itk.example.edu', secure: true };
const post = { method: 'POST', host: 'itk.example.edu', type: 'application/json' };

test.each([
  ['a page of ours', { ...post, site: 'same-origin' }, there, true],
  ['an older browser on a page of ours', { ...post, origin: 'https://itk.example.edu' }, there, true],
  ['another site', { ...post, site: 'cross-site' }, there, false],
  ['a subdomain of the same site', { ...post, site: 'same-site' }, there, false],
  ['an address typed in', { ...post, site: 'none' }, there, false],
  ['another site, in an older browser', { ...post, origin: 'https://evil.example' }, there, false],
  ['nothing said of where it comes from', post, there, false],
  ['a form', { ...post, site: 'same-origin', type: 'application/x-www-form-urlencoded' }, there, false],
  ['a text that is sent as a form can', { ...post, site: 'same-origin', type: 'text/plain' }, there, false],
  ['nothing in it', { method: 'DELETE', host: 'itk.example.edu', site: 'same-origin' }, there, true],
  ['reading from anywhere', { method: 'GET', host: 'itk.example.edu', site: 'cross-site' }, there, true],
  ['this machine', { method: 'GET', host: 'localhost:8090' }, here, true],
  ['this machine, written', { ...post, host: '127.0.0.1:8090', origin: 'http://127.0.0.1:8090' }, here, true],
  [
    'this machine, from its other port',
    { ...post, host: '127.0.0.1:8090', origin: 'http://127.0.0.1:3000' },
    here,
    false,
  ],
  ['a foreign name that leads to this machine', { method: 'GET', host: 'evil.example:8090' }, here, false],
  ['this machine, by another of its addresses', { method: 'GET', host: '127.10.200.1' }, here, true],
  ['a name that begins like this machine', { method: 'GET', host: 'localhost.evil.example' }, here, false],
  ['a name that ends like this machine', { method: 'GET', host: 'evil-localhost' }, here, false],
  ['a type that ends like JSON', { ...post, site: 'same-origin', type: 'text/application/json' }, there, false],
  ['JSON with its charset', { ...post, site: 'same-origin', type: 'application/json; charset=utf-8' }, there, true],
  ['a network without a public address', { method: 'GET', host: '10.0.0.5:8090' }, here, false],
])('%s', (_, asking, origin, own) => {
  expect(foreign(asking, origin) === undefined).toBe(own);
});
