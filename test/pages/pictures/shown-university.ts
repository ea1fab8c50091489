import { createServer, type Server } from 'node:http';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#persistence';
import { schema } from '../../../apps/console/ledger/schema.js';
import { Sessions } from '../../../apps/console/session/sessions.js';
import { Users } from '../../../apps/console/session/users/users.js';
import { whatShouldStand } from '../../harness/compare.js';
import { openBrowser, openPage } from '../../harness/browser.js';
import { runUniversity, type RunningUniversity } from '../../harness/running-university.js';
import { until } from '../../harness/until.js';

interface Overview {
  systems: { system: string; students: { synchronized: number; failed: number }; pauses: unknown[] }[];
  waiting: { group: string; kind: string }[];
}

/** A university that runs, as an operator finds it in the morning: most is well, some is not. */
export class ShownUniversity {
  university!: RunningUniversity;
  /** Addresses of pages, by the names of their pictures. */
  readonly pages: Record<string, string> = {};
  private browser!: Browser;
  private dataSource!: DataSource;
  private origin!: string;
  private token!: string;
  /** Takes notices, and the call that says that the console lives. */
  private readonly receiver: Server = createServer((_, answer) => answer.end());

  async open(): Promise<void> {
    await new Promise<void>((done) => this.receiver.listen(0, '127.0.0.1', done));
    const chat = `http://127.0.0.1:${(this.receiver.address() as AddressInfo).port}`;
    this.university = await runUniversity({
      ...{ students: 280, seed: 5, faulty: 0.03, courses: 16, systems: 2, ids: ['lms', 'branch'], desk: true },
      system: (usual, index) => ({
        ...usual,
        ...(index === 0 && { ims: { folder: 'ims', zone: 'Europe/Moscow' } }),
      }),
      more: {
        console: {
          notices: { webhook: { url: `${chat}/hooks/itk` }, heartbeat: { url: `${chat}/ping/itk`, every: 'PT1M' } },
        },
      },
    });
    await this.begin();
    await this.happen();
    this.browser = await openBrowser();
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.dataSource?.destroy();
    await this.university?.stop();
    this.receiver.close();
  }

  /** A page of the administrator. */
  async visit(language: string, theme: string): Promise<Page> {
    const { page } = await openPage(this.browser, this.origin);
    await page.context().addCookies([{ name: 'itk', value: this.token, url: this.origin }]);
    await page.addInitScript(
      `localStorage.setItem('itk-language', '${language}'); localStorage.setItem('itk-theme', '${theme}');`,
    );
    return page;
  }

  /** Everything runs; two courses take nobody. */
  private async begin(): Promise<void> {
    const { university } = this;
    const [first] = university.systems;
    const should = whatShouldStand(university.onec.expected(first!.els)) as Map<string, { courses: number[] }>;
    const bound = [...new Set([...should.values()].flatMap(({ courses }) => courses))];
    const { courses } = first!.moodle.state;
    for (const course of bound.slice(0, 2)) courses.update(courses.get(course)!, { manual: false });
    university.systems[1]!.moodle.switches.latencyMs = 2_500; // its token is refused while students are on their way
    const served = university.replica('console');
    mkdirSync(join(university.folder, 'ims'));
    copyFileSync('docs/ims-example.xml', join(university.folder, 'ims/staff-2026-09.xml'));
    await Promise.all([university.start(), served.start(), university.replica('ims-gateway').start()]);
    this.origin = `http://127.0.0.1:${served.servedPort}`;
    const url = university.environment.DATABASE_URL!;
    this.dataSource = await createDataSource({ url, ...schema }).initialize();
    const users = new Users(this.dataSource);
    const grants = [{ role: 'administrator' }, { role: 'ELSAdministrator' }] as const;
    await users.add({ login: 'ivanova', name: 'Иванова А. П.', grants: [...grants] });
    await users.add({ login: 'petrov', name: 'Петров С. В.', grants: [{ role: 'operator', systems: ['lms'] }] });
    await users.add({ login: 'orlova', name: 'Орлова М. И.', grants: [{ role: 'viewer' }] });
    this.token = await new Sessions(this.dataSource).begin('ivanova');
  }

  /** Students come through, a token is refused, somebody begins to mend. */
  private async happen(): Promise<void> {
    const overview = () => this.get<Overview>('/api/overview');
    const through = async (id: string) => {
      const { students } = (await overview()).systems.find(({ system }) => system === id)!;
      return students.synchronized + students.failed;
    };
    await until('some students of the branch are through', async () => (await through('branch')) > 40, 300_000);
    const branch = this.university.systems[1]!;
    writeFileSync(branch.tokenFile, 'refused');
    branch.moodle.switches.latencyMs = 0;
    await until(
      'the refused token is noticed',
      async () => (await overview()).systems.some(({ pauses }) => pauses.length > 0),
      120_000,
    );
    await until('most students are through', async () => (await through('lms')) > 220, 300_000);
    await this.post('/api/systems/lms/examination', {});
    const { waiting } = await overview();
    const course = waiting.find(({ kind }) => kind === 'course')!;
    await this.post('/api/failures/notes', {
      ...{ selection: { group: course.group }, text: 'Написали администратору курса' },
    });
    const { replay } = await this.post<{ replay: { id: string } }>('/api/replays', {
      ...{ selection: { group: course.group }, limit: 5 },
    });
    const { failures } = await this.get<{ failures: { code: string; id: string }[] }>(
      `/api/failures?group=${course.group}`,
    );
    const { code, id } = failures[0]!;
    const { documents } = await this.get<{ documents: { id: string }[] }>('/api/desk/documents');
    const { groups } = await this.get<{ groups: { code: string }[] }>('/api/desk/groups');
    Object.assign(this.pages, {
      ...{ overview: '/', failures: '/failures', list: '/failures?view=list' },
      ...{
        cause: `/failures/group/${course.group}`,
        failure: `/failures/one?id=${encodeURIComponent(id)}`,
      },
      ...{ replays: '/replays', replay: `/replays/${replay.id}` },
      ...{ students: `/students?code=${code.slice(0, 7)}`, student: `/students/${code}`, journal: '/journal' },
      ...{ queues: '/queues', queue: '/queues/lms/course-enroller', systems: '/systems', system: '/systems/lms' },
      ...{ notices: '/notices', files: '/files', users: '/users', audit: '/audit', mapping: '/mapping' },
      ...{ documents: '/desk/documents', document: `/desk/documents/${documents[0]!.id}`, els: '/desk/els' },
      ...{
        groups: '/desk/groups',
        group: `/desk/groups/${groups[0]!.code}`,
        curricula: '/desk/curricula',
        register: '/desk/synchronization',
      },
      ...{ 'students-1c': '/desk/students', 'student-1c': `/desk/students/${code}` },
    });
  }

  private async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.origin}${path}`, { headers: { cookie: `itk=${this.token}` } })).json()) as T;
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`${this.origin}${path}`, {
      method: 'POST',
      headers: { cookie: `itk=${this.token}`, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

/** Opens a page and waits until all that it asks for is there. */
export async function settle(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('main h1').first().waitFor();
  await page.locator('main [aria-busy]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined); // a page stays connected
}
