import { productVersion } from './version.js';

it('the version stands in package.json, wherever the code was built to', () => {
  expect(productVersion()).toMatch(/^\d+\.\d+\.\d+/);
  expect(productVersion('/')).toBe('');
});
