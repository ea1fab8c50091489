import type { PagesSetup } from './pages-setup.js';

/** Opens these pages with more in the console's configuration: `openid`, `desk`. */
export function openConfigured(setup: PagesSetup, more: { openid?: object; desk?: object }): Promise<PagesSetup> {
  const { http } = setup;
  const open = http.open.bind(http);
  http.open = (given) => open({ ...given, ...more });
  return setup.open();
}
