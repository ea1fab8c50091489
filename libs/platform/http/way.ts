import { BlockList, isIP } from 'node:net';
import { both, fromFailure, well, type Finding } from '#contracts';
import type { SettingTrouble } from './tls-trouble.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The address of a proxy is none; its text may hold a password and is not told. */
export class ProxyAddressError extends Error {
  override name = 'ProxyAddressError';
  constructor(variable: string) {
    super(
      `${variable} is no address of a proxy: http://proxy.example.edu:3128 (special characters of a password as %XX)`,
    );
  }
}

/**
 * The proxy that an address is called through, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY as curl and Go read them: small
 * letters win, a proxy without a scheme is http, a name in NO_PROXY stands for its subdomains too, a network may stand
 * there as 10.0.0.0/8. This machine itself is always called directly.
 */
export function proxyFor(address: string, environment: Environment = process.env): URL | undefined {
  const target = new URL(address);
  const variable = `${target.protocol.slice(0, -1)}_proxy`;
  const value = setting(variable, environment)?.trim();
  if (!value || isHere(bare(target)) || isExcepted(target, setting('no_proxy', environment) ?? '')) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (!proxy?.hostname || !/^https?:$/.test(proxy.protocol)) throw new ProxyAddressError(variable.toUpperCase());
  return proxy;
}

const setting = (name: string, environment: Environment): string | undefined =>
  environment[name] || environment[name.toUpperCase()];

/** Without the brackets of an IPv6 address. */
const bare = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

const isHere = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost') || within(host, loopback);
const loopback = ['127.0.0.0/8', '::1/128'];

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

function isExcepted(target: URL, exceptions: string): boolean {
  const host = bare(target);
  const port = target.port || defaultPorts[target.protocol];
  return exceptions
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      if (within(host, [entry])) return true;
      const [, name, only] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
      if (only !== undefined && only !== port) return false;
      const domain = name!.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

/** Is it an address in one of these networks (or one of these addresses)? */
function within(host: string, networks: readonly string[]): boolean {
  const family = isIP(host);
  if (family === 0) return false;
  return networks.some((network) => {
    const [start, length] = network.split('/') as [string, string?];
    if (isIP(start) !== family) return false;
    const bits = Number(length ?? (family === 4 ? 32 : 128));
    if (!Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return false;
    const list = new BlockList();
    list.addSubnet(start, bits, family === 4 ? 'ipv4' : 'ipv6');
    return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
  });
}

/** Host and port, never the credentials. */
export const proxyName = ({ protocol, hostname, port }: URL): string => `${hostname}:${port || defaultPorts[protocol]}`;

/** For a doctor: which way calls of an address go. */
export function wayTo(address: string): Finding {
  const { host } = new URL(address);
  let proxy: URL | undefined;
  try {
    proxy = proxyFor(address);
  } catch (error) {
    return fromFailure('way', { kind: 'configuration', ...proxyAddressTrouble(error as ProxyAddressError) });
  }
  if (!proxy) return well('way', `${host}: напрямую, без прокси`, `${host}: directly, without a proxy`);
  return well('way', `${host}: через прокси ${proxyName(proxy)}`, `${host}: through the proxy ${proxyName(proxy)}`);
}

export const proxyAddressTrouble = ({ message }: ProxyAddressError): SettingTrouble => ({
  cause: 'proxy-address',
  reason: both(`Адрес прокси непонятен: ${message}`, message),
  cure: both(
    'Исправьте HTTP_PROXY или HTTPS_PROXY и перезапустите службы',
    'Correct HTTP_PROXY or HTTPS_PROXY and restart the services',
  ),
});
