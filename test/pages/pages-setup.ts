import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { HttpSetup } from '../../apps/console/testing/http-setup.js';
import type { Role } from '../../apps/console/permissions/matrix.js';
import { Sessions } from '../../apps/console/session/sessions.js';
import { Users } from '../../apps/console/session/users/users.js';
import { openBrowser, openPage, type Complaints } from '../harness/browser.js';

const built = resolve('dist/web');

export interface Opened {
  page: Page;
  complaints: Complaints;
}

/** The console's API and the built pages, and a browser that looks at them. */
export class PagesSetup {
  readonly http = new HttpSetup();
  private browser!: Browser;

  /** `desk`: where the door leads, and with which key; `moodle`: a Moodle that answers; `component`: onecComponent. */
  async open(
    more: {
      desk?: { url: string; keyFile: string };
      moodle?: { url: string; tokenFile: string };
      component?: object;
    } = {},
  ): Promise<this> {
    if (!existsSync(built)) throw new Error(`${built} is not there: npm run build`);
    await this.http.open({ pages: built, ...more });
    this.browser = await openBrowser();
    return this;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.http.close();
  }

  /** A page of somebody whom the console does not know yet. */
  visit(options: BrowserContextOptions = {}): Promise<Opened> {
    return openPage(this.browser, this.http.url, options);
  }

  /** A page of somebody who is signed in. */
  async visitAs(login: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const token = await this.http.app.get(Sessions).begin(login);
    const opened = await this.visit(options);
    await opened.page.context().addCookies([{ name: 'itk', value: token, url: this.http.url }]);
    return opened;
  }

  async addUser(login: string, name: string, role: Role, password?: string): Promise<void> {
    const users = this.http.app.get(Users);
    await users.add({ login, name, grants: [{ role }] });
    if (password !== undefined) await users.setPassword(login, password);
  }
}

/** What a browser said of a page and is not expected: a refusal, or that something is away, stands in its console as an error. */
export function unexpected({ violations, errors, foreign }: Complaints): string[] {
  return [...violations, ...foreign, ...errors.filter((error) => !/status of (40[1349]|503)/.test(error))];
}
