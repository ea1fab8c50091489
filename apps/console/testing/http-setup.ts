import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { persistence } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { loadConfiguration, platform, type Configuration } from '#platform';
import { configurationFolder } from '#platform/testing';
import { ApiModule } from '../http/api.module.js';
import { prepareHttp } from '../http/prepare.js';
import { schema } from '../ledger/schema.js';
import type { Grant } from '../permissions/access.js';
import type { Role } from '../permissions/matrix.js';
import { Sessions } from '../session/sessions.js';
import { Users } from '../session/users/users.js';

@Module({})
class Parts {}

/** Tests look into answers as they come. */
type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Answer<T = Json> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface Asking {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One browser, signed in or not. */
export class Browser {
  constructor(
    private readonly url: string,
    public cookie = '',
  ) {}

  /** As a page of our own asks. */
  async ask<T = Json>(path: string, { method = 'GET', body, headers = {} }: Asking = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = /^[^;]*=;/.test(set) ? '' : set.split(';')[0]!;
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : undefined) as T,
    };
  }

  get<T = Json>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.ask<T>(path, headers && { headers });
  }

  post<T = Json>(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.ask<T>(path, { method: 'POST', body, ...(headers && { headers }) });
  }
}

/** The console's API on a database of its own, without the duty. */
export class HttpSetup {
  app!: INestApplication;
  configuration!: Configuration;
  dataSource!: DataSource;
  url!: string;
  private database!: TestDatabase;
  private folder!: { remove(): void };

  /** `http`, `notices`, `desk`, `openid`: what stands in the configuration under console; `pages`: where built pages lie. */
  async open({
    http = {},
    notices = {},
    desk,
    openid,
    component,
    moodle = {},
    pages = '/nowhere',
    systems = ['lms', 'lms2'],
    shapes = {},
    prepare = () => undefined,
  }: {
    http?: object;
    notices?: object;
    desk?: object;
    openid?: object;
    /** The section onecComponent. */
    component?: object;
    /** What stands in every system's section moodle in place of one that nobody answers at. */
    moodle?: object;
    pages?: string;
    systems?: string[];
    /** Of a system by its id, its sections in place of the usual ones. */
    shapes?: Record<string, (usual: ReturnType<typeof systemOf>) => object>;
    prepare?: (app: INestApplication) => void;
  } = {}): Promise<this> {
    this.database = await createTestDatabase();
    const made = configurationFolder(
      JSON.stringify({
        systems: systems.map((id) => (shapes[id] ?? ((usual) => usual))(systemOf(id, moodle))),
        console: { http, notices, ...(desk && { desk }), ...(openid && { openid }) },
        ...(component && { onecComponent: component }),
      }),
    );
    this.folder = made;
    this.configuration = loadConfiguration(made.file, {
      DATABASE_URL: this.database.url,
      AMQP_URL: process.env.ITK_TEST_AMQP_URL,
    });
    this.app = await NestFactory.create(
      { module: Parts, imports: [platform(this.configuration), persistence(schema), ApiModule] },
      { logger: false, abortOnError: false, forceCloseConnections: true },
    );
    prepareHttp(this.app, this.configuration, pages);
    prepare(this.app);
    await this.app.listen(0, '127.0.0.1');
    this.url = `http://127.0.0.1:${(this.app.getHttpServer().address() as AddressInfo).port}`;
    this.dataSource = this.app.get(getDataSourceToken());
    return this;
  }

  async close(): Promise<void> {
    await this.app?.close();
    await this.database?.drop();
    this.folder?.remove();
  }

  browser(cookie?: string): Browser {
    return new Browser(this.url, cookie);
  }

  /** A browser of somebody new with this role. */
  async as(role: Role, systems?: string[]): Promise<Browser & { login: string }> {
    const login = `${role.toLowerCase()}-${randomBytes(4).toString('hex')}`;
    const grant: Grant = { role, ...(systems && { systems }) };
    await this.app.get(Users).add({ login, name: `${role} А. Б.`, grants: [grant] });
    const token = await this.app.get(Sessions).begin(login);
    return Object.assign(this.browser(`itk=${token}`), { login });
  }
}

const systemOf = (id: string, moodle: object) => ({
  id,
  els: id.toUpperCase(),
  synchronizer: { url: 'http://127.0.0.1:1/ws', user: 'itk', passwordFile: 'secret', zone: 'Europe/Moscow' },
  moodle: { url: `http://127.0.0.1:1/${id}`, tokenFile: 'secret', ...moodle },
  ...(id === 'lms' && { ims: { folder: 'files', zone: 'Europe/Moscow' } }),
});
