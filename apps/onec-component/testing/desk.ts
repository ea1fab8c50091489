import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { signDoorToken, type Bearer } from '#http-api';
import type { Configuration } from '#platform';
import { EmptyBindingRuns } from '../bindings/empty/empty-binding-runs.js';
import { DeskServer } from '../desk/desk-server.js';
import type { Registers } from './registers.js';

type Role = Bearer['grants'][number]['role'];
/** Tests look into answers as they come. */
type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export async function keyPair(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return {
    secret: JSON.stringify({ ...(await exportJWK(privateKey)), kid }),
    open: { ...(await exportJWK(publicKey)), kid },
  };
}

export const bearerOf = (...granted: Role[]): Bearer => ({
  login: 'somebody',
  name: 'Петрова А. Б.',
  grants: granted.map((role) => ({ role })),
});

export interface Asking {
  method?: string;
  body?: unknown;
  bearer?: Bearer;
  key?: string;
}

export interface Desk {
  url: string;
  runs: EmptyBindingRuns;
  /** Only these are trusted from now on. */
  trust(...keys: object[]): void;
  keysFile: string;
  first: Awaited<ReturnType<typeof keyPair>>;
  ask(target: string, asking?: Asking): Promise<{ status: number; body: Json; text: string; headers: Headers }>;
  /** As somebody of this role. */
  as(role: Role, login?: string): Person;
  close(): Promise<void>;
}

interface Person {
  get(target: string): Promise<{ status: number; body: Json; headers: Headers }>;
  send(method: string, target: string, body?: unknown): Promise<{ status: number; body: Json }>;
}

/** The desk's own port over these registers. */
export async function openDesk(registers: Registers, systems: { id: string; els: string }[] = []): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'itk-desk-'));
  const keysFile = join(folder, 'desk-public-keys.json');
  const first = await keyPair('first');
  const trust = (...keys: object[]): void => writeFileSync(keysFile, JSON.stringify({ keys }, null, 2));
  trust(first.open);
  const configuration = {
    ...{ systems, onecComponent: { desk: { host: '127.0.0.1', port: 0, keysFile } } },
  } as unknown as Configuration;
  const runs = new EmptyBindingRuns(registers.dataSource, registers.clock);
  const server = new DeskServer(configuration, registers.dataSource, registers.clock, runs);
  await server.onApplicationBootstrap();
  const url = `http://127.0.0.1:${server.address!.port}`;
  const ask: Desk['ask'] = async (wanted, asking = {}) => {
    // fetch sends no question mark alone.
    const target = wanted.replace(/\?$/, '');
    const { method = 'GET', body, bearer = bearerOf('operator'), key = first.secret } = asking;
    const token = await signDoorToken(key, 'onec-component', bearer, { method, target });
    const response = await fetch(`${url}${target}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      text,
      body: (json ? JSON.parse(text) : undefined) as Json,
      headers: response.headers,
    };
  };
  return {
    ...{ url, runs, trust, keysFile, first, ask },
    as: (role, login = role) => {
      const bearer: Bearer = { login, name: `${login} А. Б.`, grants: [{ role }] };
      return {
        get: (target) => ask(target, { bearer }),
        send: (method, target, body) => ask(target, { method, body, bearer }),
      };
    },
    close: async () => {
      await runs.end();
      await server.beforeApplicationShutdown();
      rmSync(folder, { recursive: true });
    },
  };
}
