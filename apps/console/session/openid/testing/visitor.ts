import type { Answer } from '../../../testing/http-setup.js';

/** A browser that follows where it is led, across hosts, with the cookies of each. */
export class Visitor {
  private readonly cookies = new Map<string, Map<string, string>>();

  constructor(private readonly home: string) {}

  cookie(name: string): string | undefined {
    return this.cookies.get(new URL(this.home).host)?.get(name);
  }

  get(path: string): Promise<Answer> {
    return this.ask(path, 'GET');
  }

  async ask(path: string, method: string): Promise<Answer> {
    const address = new URL(path, this.home);
    const kept = this.cookies.get(address.host) ?? new Map<string, string>();
    this.cookies.set(address.host, kept);
    const response = await fetch(address, {
      ...{ method, redirect: 'manual' },
      headers: {
        'sec-fetch-site': method === 'GET' ? 'cross-site' : 'same-origin',
        cookie: [...kept].map((pair) => pair.join('=')).join('; '),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') kept.delete(name!);
      else kept.set(name!, value!);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
  }

  /** @returns the page of ours where it ends, without the host */
  async follow(path: string): Promise<string> {
    const end = await this.until(path, undefined);
    return end.slice(this.home.length);
  }

  /** Led on until it would come to this path; undefined: to a page of ours. */
  async until(path: string, stop: string | undefined): Promise<string> {
    let address = new URL(path, this.home).href;
    for (let n = 0; n < 10; n++) {
      const { pathname } = new URL(address);
      const ours = address.startsWith(this.home);
      if (n > 0 && ours && (stop === undefined ? !pathname.startsWith('/api/') : pathname === stop)) return address;
      const { status, headers, text } = await this.get(address);
      if (status !== 303 && status !== 302) throw new Error(`${pathname} answers ${status}: ${text}`);
      address = new URL(headers.get('location')!, address).href;
    }
    throw new Error('led on for ever');
  }
}
